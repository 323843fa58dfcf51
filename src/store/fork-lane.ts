import { autoregressiveSettings } from '../core/autoregressive-settings.ts'
import { changeSettings } from '../core/change-settings.ts'
import type { SettingsChange } from '../core/settings.ts'
import { BUNDLED_MODELS, modelIdOf } from '../engines/model/bundled-models.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import type { RunRequest } from '../engines/run-request.ts'
import { laneOf, MOST_LANES, type Comparison, type Lane } from '../share/comparison.ts'
import { isText } from '../trace/knowledge.ts'
import { forkOf } from '../trace/fork.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { EditChange, Trace } from '../trace/trace.ts'
import type { LanePlan } from './recipe.ts'

/** What a person goes on from. */
export interface ForkRequest {
  /** Id of the lane that is left. */
  readonly lane: string
  readonly step: number
  readonly changes: readonly EditChange[]
  readonly settings: SettingsChange
  /** Of all tokens that the fork begins with; the lane's own where they are left out. */
  readonly pieces?: Pieces
  /** Where the lane's model is, if not in this page. */
  readonly place?: Upstream
}

/** A lane that begins with steps of another. */
export interface ForkedLane {
  readonly lane: Lane
  readonly plan: LanePlan
  readonly trace: Trace
}

/** Why nobody can go on from a lane here, as a sentence; null where one can. */
export function whyNotForked(comparison: Comparison | null, id: string): string | null {
  const trace = laneOf(comparison, id)?.trace
  if (!trace) return 'It has not begun: run it first.'
  const { knowledge, vocabulary, model, device } = trace.header
  if (isText(knowledge) || vocabulary.mask === null || trace.steps.some(({ splices }) => splices)) {
    return `${model.name} sent text and no tokens: nobody can go on from it here.`
  }
  if (trace.header.decoder === 'autoregressive' && trace.header.canvas !== undefined) {
    return 'It fills gaps from the left only: go on from the diffusion lane, or type other fixed text.'
  }
  if (comparison!.lanes.length >= MOST_LANES) {
    return `There are ${MOST_LANES} lanes already: close one, and go on then.`
  }
  const known = modelIdOf(model.name)
  if (device.backend === 'remote') return null
  if (known === null) return `${model.name} is not a model of this page: nobody can go on from it here.`
  return BUNDLED_MODELS[known].revision === model.revision
    ? null
    : `It was written by ${model.name} ${model.revision}, and this page has ${BUNDLED_MODELS[known].revision}: run it anew, and go on from that.`
}

/** The new lane of a fork, with all that it needs to go on. Null where the lane to leave has not begun. */
export function forkedLane(comparison: Comparison, fork: ForkRequest): ForkedLane | null {
  const parent = laneOf(comparison, fork.lane)
  if (!parent?.trace) return null
  const { header } = parent.trace
  const { prompt } = header
  const request: RunRequest =
    header.decoder === 'diffusion'
      ? { decoder: header.decoder, prompt, settings: changeSettings(header.settings, fork.settings) }
      : {
          decoder: header.decoder,
          prompt,
          settings: autoregressiveSettings({ ...header.settings, ...fork.settings }),
        }
  const { step, changes } = fork
  const trace = forkOf(parent.trace, { step, changes, settings: request.settings })
  const number = freeNumber(comparison)
  const plan: LanePlan = {
    id: `fork-${number}`,
    name: `Fork ${number}`,
    model: modelIdOf(header.model.name) ?? 'small',
    request,
  }
  const lane: Lane = {
    id: plan.id,
    name: plan.name,
    decoder: parent.decoder,
    trace,
    pieces: fork.pieces ?? parent.pieces,
    source: 'live',
    parent: { lane: parent.id, step },
  }
  return { lane, plan, trace }
}

function freeNumber({ lanes }: Comparison): number {
  let number = 1
  while (lanes.some(({ id, name }) => id === `fork-${number}` || name === `Fork ${number}`)) number++
  return number
}
