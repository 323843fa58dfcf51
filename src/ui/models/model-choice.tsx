import './models.css'
import { BUNDLED_MODELS, MODEL_IDS, type ModelId } from '../../engines/model/bundled-models.ts'
import type { OpenPass } from '../../store/model-for.ts'
import { plannedPasses } from '../../core/planned-passes.ts'
import { seconds } from '../../trace/verdict.ts'
import { megabytes } from '../numbers.ts'
import { useRecipe, useRun, useStores } from '../stores-context.ts'
import { ofOtherWorld } from './of-other-world.ts'

const WHAT: Readonly<Record<ModelId, string>> = {
  small: 'Starts at once. Taught stories, notes, JSON, sums, lists, facts, small sudokus and little code.',
  open: 'Answers anything: fluent, often wrong.',
}

/** How long a run of the open world takes here, or what it takes to know. */
function cost(pass: OpenPass | null, passes: number, gpu: string | null): string {
  const why = gpu === null ? 'not timed on this device yet' : `taken for this device’s GPU (${gpu})`
  return pass === null
    ? `${megabytes(BUNDLED_MODELS.open.bytes)} MB, once; ${why}.`
    : `At most ≈ ${seconds(pass.ms * passes)} a run here (${pass.device}).`
}

function useOtherWorld(): string | null {
  const prompt = useRecipe((state) => state.prompt)
  const shown = useRun((state) => state.shown)
  return ofOtherWorld(prompt, shown)
}

/** Which model answers the next run, beside the prompt. */
export function ModelChoice() {
  const { recipe } = useStores()
  const model = useRecipe((state) => state.model)
  const pass = useRecipe((state) => state.openPass)
  const gpu = useRecipe((state) => state.gpu)
  const passes = useRecipe(({ settings }) => plannedPasses(settings))
  const other = useOtherWorld()
  return (
    <div className="model-choice" role="radiogroup" aria-label="Model" aria-describedby="model-what">
      {MODEL_IDS.map((id) => (
        <label key={id}>
          <input
            type="radio"
            name="model"
            checked={model === id}
            onChange={() => recipe.getState().setModel(id, 'person')}
          />
          {BUNDLED_MODELS[id].label}
        </label>
      ))}
      <span id="model-what">
        {(model === 'small' && other) || WHAT[model]}{' '}
        {model === 'open' ? cost(pass, passes, gpu) : pass && `Open world: ${cost(pass, passes, null)}`}
      </span>
    </div>
  )
}
