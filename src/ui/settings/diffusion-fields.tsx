import { useId } from 'react'
import { ownSettings } from '../../core/own-settings.ts'
import type { DiffusionSettings, SettingsChange } from '../../core/settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import { Choice } from '../controls/choice.tsx'
import { NumberSlider } from '../controls/number-slider.tsx'
import { StrategyFigure } from '../terms/strategy-figure.tsx'
import { blockLengths, STRATEGIES } from './choices.ts'

interface Props {
  readonly settings: DiffusionSettings
  readonly onChange: (part: SettingsChange) => void
  /** The text service that the lane runs on, by its label; null where this page's own loop decodes. */
  readonly service: string | null
}

/** What diffusion alone has: the strategy, its own settings as it describes them, and blocks. */
export function DiffusionFields({ settings, onChange, service }: Props) {
  const reason = useId()
  const isDisabled = service !== null
  const { strategy, answerLength, blockLength } = settings
  const own = ownSettings(settings)
  return (
    <fieldset aria-describedby={isDisabled ? reason : undefined}>
      <legend>Diffusion</legend>
      {isDisabled && (
        <p className="field-hint" id={reason}>
          {`${service} sends text and decodes in its own way: it takes no strategy, no steps and no blocks.`}
        </p>
      )}
      <Choice
        label="Strategy"
        isDisabled={isDisabled}
        options={STRATEGIES}
        value={strategy}
        onChange={(value) => onChange({ strategy: value })}
      />
      {!isDisabled && <StrategyFigure name={strategy} />}
      {Object.entries(strategyOf(strategy).own).map(([key, { label, hint, range }]) => (
        <NumberSlider
          key={key}
          isDisabled={isDisabled}
          label={label}
          hint={hint(own[key]!, answerLength)}
          value={own[key]!}
          {...range(answerLength)}
          onChange={(value) => onChange({ [key]: value })}
        />
      ))}
      <Choice
        label="Block length"
        isDisabled={isDisabled}
        options={blockLengths(answerLength, blockLength)}
        value={String(blockLength)}
        onChange={(value) => onChange({ blockLength: Number(value) })}
      />
    </fieldset>
  )
}
