import type { BaseSettings, SettingsChange } from '../../core/settings.ts'
import { BUNDLED_MODELS } from '../../engines/model/bundled-models.ts'
import { Choice } from '../controls/choice.tsx'
import { NumberSlider } from '../controls/number-slider.tsx'
import { useRecipe, useStores } from '../stores-context.ts'
import { answerLengths, DEVICES } from './choices.ts'
import { SeedField } from './seed-field.tsx'

interface Props {
  readonly settings: BaseSettings
  readonly onChange: (part: SettingsChange) => void
}

/** What both decoders have, and the device that they share. */
export function SharedFields({ settings: { answerLength, temperature, topK, seed }, onChange }: Props) {
  const { recipe } = useStores()
  const device = useRecipe((state) => state.device)
  const model = useRecipe((state) => state.model)
  return (
    <fieldset>
      <legend>Both lanes</legend>
      <Choice
        label="Answer length"
        options={answerLengths(model, answerLength)}
        value={String(answerLength)}
        onChange={(value) => onChange({ answerLength: Number(value) })}
      />
      <NumberSlider
        label="Temperature"
        hint={temperature === 0 ? 'the most probable token' : 'sampled'}
        value={temperature}
        min={0}
        max={1.5}
        step={0.1}
        onChange={(value) => onChange({ temperature: value })}
      />
      {temperature > 0 && (
        <NumberSlider
          label="Top-k"
          hint="candidates to sample from"
          value={topK}
          min={1}
          max={BUNDLED_MODELS[model].candidates}
          onChange={(value) => onChange({ topK: value })}
        />
      )}
      <SeedField value={seed} onChange={(value) => onChange({ seed: value })} />
      <Choice
        label="Device, for what runs here"
        options={DEVICES}
        value={device}
        onChange={(value) => recipe.getState().setDevice(value)}
      />
    </fieldset>
  )
}
