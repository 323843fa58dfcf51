import { Button } from 'react-aria-components/Button'
import type { DiffusionSettings } from '../../core/settings.ts'
import { useRecipe, useStores } from '../stores-context.ts'
import { CurvesSection } from '../curves/curves-section.tsx'
import { PlaceFields } from '../places/place-fields.tsx'
import { Choice } from './choice.tsx'
import { answerLengths, blockLengths, DEVICES, STRATEGIES } from './choices.ts'
import { NumberSlider } from './number-slider.tsx'
import { SeedField } from './seed-field.tsx'

/** How the next run decodes. What is shown stays as it is. */
export function SettingsForm() {
  const { recipe } = useStores()
  const settings = useRecipe((state) => state.settings)
  const device = useRecipe((state) => state.device)
  const change = (part: Partial<DiffusionSettings>) => recipe.getState().change(part)
  const { strategy, answerLength, blockLength, steps, temperature, topK, threshold, factor, seed } = settings
  const hasQuota = strategy !== 'threshold' && strategy !== 'factor'
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
        {hasQuota && (
          <NumberSlider
            label="Steps"
            hint={`${(answerLength / steps).toFixed(1)} tokens a step`}
            value={steps}
            min={1}
            max={answerLength}
            onChange={(value) => change({ steps: value })}
          />
        )}
        {strategy === 'threshold' && (
          <NumberSlider
            label="Threshold"
            hint="commit all that are at least this probable"
            value={threshold}
            min={0.5}
            max={0.99}
            step={0.01}
            onChange={(value) => change({ threshold: value })}
          />
        )}
        {strategy === 'factor' && (
          <NumberSlider
            label="Factor"
            hint="larger commits more a step"
            value={factor}
            min={0.1}
            max={3}
            step={0.1}
            onChange={(value) => change({ factor: value })}
          />
        )}
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
            max={8}
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
