import './settings.css'
import { Button } from 'react-aria-components/Button'
import type { SettingsChange } from '../../core/settings.ts'
import { CurvesSection } from '../curves/curves-section.tsx'
import { ModelFields } from '../models/model-fields.tsx'
import { PlaceFields } from '../places/place-fields.tsx'
import { useRecipe, useStores } from '../stores-context.ts'
import { DiffusionFields } from './diffusion-fields.tsx'
import { SharedFields } from './shared-fields.tsx'

/** How the next run decodes. What is shown stays as it is. */
export function SettingsForm() {
  const { recipe } = useStores()
  const settings = useRecipe((state) => state.settings)
  const service = useRecipe(({ places }) => {
    const place = places['diffusion']
    return place?.protocol === 'openai' ? place.label : null
  })
  const change = (part: SettingsChange) => recipe.getState().change(part)
  return (
    <div className="settings-form">
      <DiffusionFields settings={settings} onChange={change} service={service} />
      <SharedFields settings={settings} onChange={change} />
      <fieldset className="places">
        <legend>Where it runs</legend>
        <PlaceFields />
      </fieldset>
      <ModelFields />
      <CurvesSection />
      <p className="settings-note">These hold from the next run on; the run that is shown stays.</p>
      <Button className="quiet-button" onPress={() => recipe.getState().reset()}>
        Back to the defaults
      </Button>
    </div>
  )
}
