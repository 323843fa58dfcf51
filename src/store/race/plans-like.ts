import { modelIdOf } from '../../engines/model/bundled-models.ts'
import type { RunRequest } from '../../engines/run-request.ts'
import type { Comparison } from '../../share/comparison.ts'
import { isText } from '../../trace/knowledge.ts'
import { FRESH_LANES, type LanePlan } from '../recipe.ts'

/**
 * The lanes of a comparison as they would run here anew, each with its own settings; null where that is not known of
 * every lane, where one goes on from another, and for the two of a fresh run, which need no plan of their own.
 */
export function plansLike({ prompt, lanes }: Comparison): LanePlan[] | null {
  if (lanes.every(({ id }) => FRESH_LANES.some((fresh) => fresh.id === id))) return null
  const plans = lanes.map(({ id, name, trace, parent }): LanePlan | null => {
    const header = trace?.header
    const model = modelIdOf(header?.model.name)
    if (header === undefined || model === null || parent !== undefined) return null
    if (isText(header.knowledge) || trace?.steps.some(({ edit }) => edit)) return null
    const request: RunRequest =
      header.decoder === 'diffusion'
        ? { decoder: 'diffusion', prompt, settings: header.settings }
        : { decoder: 'autoregressive', prompt, settings: header.settings }
    return { id, name, model, request }
  })
  return plans.every((plan) => plan !== null) ? plans : null
}
