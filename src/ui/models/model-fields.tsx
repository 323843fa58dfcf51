import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { removeStored, storedBytes } from '../../engines/fetching/stored-models.ts'
import { BUNDLED_MODELS, MODEL_IDS, type ModelId } from '../../engines/model/bundled-models.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { Choice } from '../controls/choice.tsx'
import { megabytes } from '../numbers.ts'
import { useRecipe, useStores } from '../stores-context.ts'

/** No model has this name. */
const CHOSEN = '-'

/** A model for each lane that runs on this device, and the room that models take. */
export function ModelFields() {
  const { recipe } = useStores()
  const model = useRecipe((state) => state.model)
  const laneModels = useRecipe((state) => state.laneModels)
  const options = [
    { value: CHOSEN, name: BUNDLED_MODELS[model].label, hint: 'as chosen beside the prompt' },
    ...MODEL_IDS.filter((id) => id !== model).map((id) => ({ value: id, name: BUNDLED_MODELS[id].label })),
  ]
  return (
    <fieldset className="places">
      <legend>Models of this device</legend>
      {FRESH_LANES.map(({ id: lane, name }) => (
        <Choice
          key={lane}
          label={`${name} is answered by`}
          options={options}
          value={laneModels[lane] ?? CHOSEN}
          onChange={(value) =>
            recipe.getState().setLaneModel(lane, MODEL_IDS.find((id) => id === value) ?? null)
          }
        />
      ))}
      {MODEL_IDS.map((id) => (
        <Stored key={id} id={id} />
      ))}
    </fieldset>
  )
}

/** How much of a model this browser keeps, and how it gets rid of that. */
function Stored({ id }: { readonly id: ModelId }) {
  const client = useQueryClient()
  const { label, folder, bytes } = BUNDLED_MODELS[id]
  const address = new URL(folder, document.baseURI).href
  const queryKey = ['stored', address]
  const { data: stored } = useQuery({ queryKey, queryFn: () => storedBytes(address), staleTime: 0 })
  if (stored === undefined) return null
  if (stored === 0) {
    return (
      <p className="settings-note">{`${label}: not stored here; a run fetches ${megabytes(bytes)} MB.`}</p>
    )
  }
  const part = stored < bytes ? ` of ${megabytes(bytes)} MB; a run fetches the rest` : ' MB'
  return (
    <p className="settings-note stored-model">
      {`${label}: this browser keeps ${megabytes(stored)}${part}.`}
      <Button
        className="quiet-button"
        onPress={() => void removeStored(address).then(() => client.invalidateQueries({ queryKey }))}
      >
        Remove {label}
      </Button>
    </p>
  )
}
