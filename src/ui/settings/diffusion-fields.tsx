import { ownSettings } from '../../core/own-settings.ts'
import type { DiffusionSettings, SettingsChange } from '../../core/settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import { Choice } from '../controls/choice.tsx'
import { NumberSlider } from '../controls/number-slider.tsx'
import { blockLengths, STRATEGIES } from './choices.ts'

interface Props {
  readonly settings: DiffusionSettings
  readonly onChange: (part: SettingsChange) => void
}

/** What diffusion alone has: the strategy, its own settings as it describes them, and blocks. */
export function DiffusionFields({ settings, onChange }: Props) {
  const { strategy, answerLength, blockLength } = settings
  const own = ownSettings(settings)
  return (
    <fieldset>
      <legend>Diffusion</legend>
      <Choice
        label="Strategy"
        options={STRATEGIES}
        value={strategy}
        onChange={(value) => onChange({ strategy: value })}
      />
      {Object.entries(strategyOf(strategy).own).map(([key, { label, hint, range }]) => (
        <NumberSlider
          key={key}
          label={label}
          hint={hint(own[key]!, answerLength)}
          value={own[key]!}
          {...range(answerLength)}
          onChange={(value) => onChange({ [key]: value })}
        />
      ))}
      <Choice
        label="Block length"
        options={blockLengths(answerLength, blockLength)}
        value={String(blockLength)}
        onChange={(value) => onChange({ blockLength: Number(value) })}
      />
    </fieldset>
  )
}
