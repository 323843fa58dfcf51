import './settings.css'
import { Button } from 'react-aria-components/Button'
import { ownSettings } from '../../core/own-settings.ts'
import type { SettingsChange } from '../../core/settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import { SMALL_MODEL } from '../../engines/model/small-model.ts'
import { useRecipe, useStores } from '../stores-context.ts'
import { CurvesSection } from '../curves/curves-section.tsx'
import { PlaceFields } from '../places/place-fields.tsx'
import { Choice } from '../controls/choice.tsx'
import { answerLengths, blockLengths, DEVICES, STRATEGIES } from './choices.ts'
import { NumberSlider } from '../controls/number-slider.tsx'
import { OwnField } from './own-field.tsx'
import { SeedField } from './seed-field.tsx'

/** How the next run decodes. What is shown stays as it is. */
export function SettingsForm() {
  const { recipe } = useStores()
  const settings = useRecipe((state) => state.settings)
  const device = useRecipe((state) => state.device)
  const change = (part: SettingsChange) => recipe.getState().change(part)
  const { strategy, answerLength, blockLength, temperature, topK, seed } = settings
  const own = ownSettings(settings)
  return (
    <div className="settings-form">
      <fieldset>
        <legend>Diffusion</legend>
        <Choice
          label="Strategy"
          options={STRATEGIES}
          value={strategy}
          onChange={(value) => change({ strategy: value })}
        />
        {Object.entries(strategyOf(strategy).own).map(([key, setting]) => (
          <OwnField
            key={key}
            setting={setting}
            value={own[key]!}
            answerLength={answerLength}
            onChange={(value) => change({ [key]: value })}
          />
        ))}
        <Choice
          label="Block length"
          options={blockLengths(answerLength, blockLength)}
          value={String(blockLength)}
          onChange={(value) => change({ blockLength: Number(value) })}
        />
      </fieldset>
      <fieldset>
        <legend>Both lanes</legend>
        <Choice
          label="Answer length"
          options={answerLengths(answerLength)}
          value={String(answerLength)}
          onChange={(value) => change({ answerLength: Number(value) })}
        />
        <NumberSlider
          label="Temperature"
          hint={temperature === 0 ? 'the most probable token' : 'sampled'}
          value={temperature}
          min={0}
          max={1.5}
          step={0.1}
          onChange={(value) => change({ temperature: value })}
        />
        {temperature > 0 && (
          <NumberSlider
            label="Top-k"
            hint="candidates to sample from"
            value={topK}
            min={1}
            max={SMALL_MODEL.candidates}
            onChange={(value) => change({ topK: value })}
          />
        )}
        <SeedField value={seed} onChange={(value) => change({ seed: value })} />
        <Choice
          label="Device, for what runs here"
          options={DEVICES}
          value={device}
          onChange={(value) => recipe.getState().setDevice(value)}
        />
      </fieldset>
      <fieldset className="places">
        <legend>Where it runs</legend>
        <PlaceFields />
      </fieldset>
      <CurvesSection />
      <p className="settings-note">These hold from the next run on; the run that is shown stays.</p>
      <Button className="quiet-button" onPress={() => recipe.getState().reset()}>
        Back to the defaults
      </Button>
    </div>
  )
}
