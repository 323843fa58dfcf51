import { modelIdOf } from '../../engines/model/bundled-models.ts'
import type { LoadProgress } from '../../engines/progress.ts'
import type { Upstream } from '../../engines/remote/upstream.ts'
import type { Lane } from '../../share/comparison.ts'
import { offeredBy } from '../../store/opening/offered-by.ts'
import { placesOf } from '../../store/opening/places-of.ts'
import { whyNotForked } from '../../store/fork-lane.ts'
import type { Stores } from '../../store/stores.ts'
import { canvasAt } from '../../trace/canvas.ts'
import { cellTexts } from '../../trace/decode-pieces.ts'
import { inFrontOf, maskedAgain, pinned, replaced, type Range } from '../../trace/edits.ts'
import { forkOf } from '../../trace/fork.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { EditChange, Trace } from '../../trace/trace.ts'
import { toEngineError } from '../../engines/browser/to-engine-error.ts'
import { standingAt } from './standing-at.ts'

/** A lane that somebody lays hands on, at a step. */
export interface Handled {
  readonly lane: Lane
  readonly trace: Trace
  readonly step: number
}

/** The run as it stands there, with the edits that are there, and nothing behind it. */
function standing({ hands }: Stores, { lane, trace, step }: Handled): { trace: Trace; pieces: Pieces } {
  const now = standingAt({ trace, pieces: lane.pieces }, step, hands.getState().drafts[lane.id])
  return { trace: forkOf(now.trace, { step: now.step, changes: [] }), pieces: now.pieces }
}

const places = ([first, last]: Range): string =>
  first === last ? `position ${first + 1}` : `positions ${first + 1} to ${last + 1}`

/** Holds what stands at a range, or what is guessed there. A sentence where that can't be. */
export function pin(stores: Stores, at: Handled, range: Range): string | null {
  const now = standing(stores, at)
  const changes = pinned(now.trace, range)
  if (typeof changes === 'string') return changes
  const text = textOf(changes, now.trace, now.pieces)
  stores.hands.getState().edit(at.lane.id, { step: at.step, changes }, `Pinned ${text} at ${places(range)}.`)
  return null
}

/** Opens a range anew. A sentence where that can't be. */
export function maskAgain(stores: Stores, at: Handled, range: Range): string | null {
  const changes = maskedAgain(standing(stores, at).trace, range)
  if (typeof changes === 'string') return changes
  stores.hands.getState().edit(at.lane.id, { step: at.step, changes }, `Masked ${places(range)} again.`)
  return null
}

/** Tokens with what they spell. */
export interface Replacement {
  readonly ids: readonly number[]
  readonly text: string
  /** Where the lane's own pieces may lack them. */
  readonly pieces?: Pieces
}

/** Puts tokens in place of what stands at a range. A sentence where that can't be. */
export function replace(
  stores: Stores,
  at: Handled,
  range: Range,
  { ids, text, pieces }: Replacement,
): string | null {
  const { lane } = at
  const now = standing(stores, at)
  const changes = replaced(now.trace, range, ids, text.trim())
  if (typeof changes === 'string') return changes
  const put: Range = [range[0], range[0] + ids.length - 1]
  const again = changes.some(({ how, position }) => how === 'masked' && position < range[0])
  const said =
    `Put “${text.trim()}” at ${places(put)}.` +
    (again ? ' The ends of the answer in front of it are masked again.' : '')
  if (lane.decoder === 'diffusion') {
    stores.hands.getState().edit(lane.id, { step: at.step, changes }, said, pieces)
    return null
  }
  const front = inFrontOf(now.trace, range[0])
  const edits = { step: front.step, changes: [...front.changes, ...changes] }
  stores.hands.getState().edit(lane.id, edits, said, pieces)
  showStep(stores, lane.id, front.step)
  return null
}

/** Moves the playhead to where a lane stands on a step. */
export function showStep({ run, playback }: Stores, id: string, step: number): void {
  const lanes = run.getState().shown?.lanes ?? []
  playback.getState().pause()
  playback.getState().goToSteps(lanes.map((lane) => (lane.id === id ? step : null)))
}

/** Where the lane's model is, if not in this page; a sentence where nobody offers it. */
async function placeOf({ servers }: Stores, lane: Lane): Promise<Upstream | string | null> {
  if (lane.trace?.header.device.backend !== 'remote') return null
  const { places: found } = placesOf(
    { prompt: '', lanes: [lane], leader: lane.id, recordedAt: null },
    await offeredBy(servers),
  )
  return (
    found[lane.id] ??
    `${lane.trace.header.model.name} (${lane.trace.header.device.label}) is offered by no server of this page: nobody can go on from it here.`
  )
}

/** The tokens of a text by the lane's own model, or a sentence that says why there are none. */
export async function tokensOf(
  stores: Stores,
  lane: Lane,
  text: string,
  onProgress: (progress: LoadProgress) => void,
): Promise<Replacement | string> {
  const why = whyNotForked(stores.run.getState().shown, lane.id)
  if (why !== null) return why
  try {
    const place = await placeOf(stores, lane)
    if (typeof place === 'string') return place
    const model = modelIdOf(lane.trace?.header.model.name) ?? 'small'
    const { device } = stores.recipe.getState()
    const by = { model, device, ...(place !== null && { place }) }
    return { text, ...(await stores.run.getState().tokensOf(text, by, onProgress)) }
  } catch (error) {
    return toEngineError(error).message
  }
}

/** Goes on from a lane's draft in a lane of its own. A sentence where that can't be. */
export async function goOnFrom(stores: Stores, lane: Lane): Promise<string | null> {
  const { run, hands, recipe, inspection } = stores
  const draft = hands.getState().drafts[lane.id]
  const why = whyNotForked(run.getState().shown, lane.id) ?? whyOver(draft?.trace)
  if (draft === undefined || why !== null) return why
  const place = await placeOf(stores, lane)
  if (typeof place === 'string') return place
  const { step, changes, settings, pieces } = draft
  const request = { lane: lane.id, step, changes, settings, pieces, ...(place !== null && { place }) }
  hands.getState().drop(lane.id)
  inspection.getState().clear()
  void run.getState().fork(request, recipe.getState().device)
  const fork = run.getState().shown?.lanes.at(-1)
  hands.getState().tell(`${fork?.name ?? 'A fork'} goes on from step ${step} of ${lane.name}.`)
  return null
}

/** Why nothing would come of going on; null where something would. */
function whyOver(trace: Trace | undefined): string | null {
  if (trace === undefined || trace.steps.at(-1)?.edit) return null
  const { decoder, settings, vocabulary } = trace.header
  const { positions } = canvasAt(trace, trace.steps.length)
  const isOver =
    decoder === 'diffusion'
      ? positions.every(({ kind }) => kind !== 'masked')
      : positions.length >= settings.answerLength || positions.at(-1)?.id === vocabulary.end
  return isOver ? 'Nothing is open at this step: change something, or move the playhead back.' : null
}

function textOf(changes: readonly EditChange[], { header }: Trace, pieces: Pieces): string {
  const { end } = header.vocabulary
  if (changes.every(({ id }) => id === end)) return 'the end of the answer'
  const texts = cellTexts(
    changes.map(({ id }) => id),
    pieces,
    header.vocabulary,
  )
  return `“${texts.join('').trim()}”`
}
