import { checkPrediction } from './check-prediction.ts'
import { choose, gumbelNoise, probabilityAt, type Reading } from './choose.ts'
import { compete } from './compete.ts'
import { advance, currentBlock, masksIn, type DiffusionState } from './diffusion-state.ts'
import { allowedAt, END_FLOOR, tailStart } from './end-of-sequence.ts'
import { ownSettings } from './own-settings.ts'
import type { Prediction } from './prediction.ts'
import type { Random } from './random.ts'
import { editsOf, wantedBack } from './revise.ts'
import type { Commit, StepEvent } from './step-event.ts'
import type { Block } from './schedule.ts'
import type { Own } from './strategies/strategy.ts'
import { strategyOf } from './strategies/strategy-of.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * One step of masked diffusion: chooses a token for every masked position and commits the ones that the
 * strategy picks in the current block. Commits are final, unless the strategy revises. Pure: the same state,
 * prediction and random give the same result.
 *
 * Ends of sequence are committed from the right edge inwards only; a sure tail of them is committed free of
 * the quota, and a block that ends with one ends the run. A model whose ends come last: see `Ends`.
 *
 * @param prediction `[answerLength, k]`, read where the canvas is masked
 * @param random `randomAt(settings.seed, state.step + 1)`
 * @throws Error with a sentence when the prediction cannot be used or the run is finished
 */
export function denoise(
  state: DiffusionState,
  prediction: Prediction,
  random: Random,
): { state: DiffusionState; event: StepEvent } {
  const { settings, vocabulary } = state
  const { mask, end } = vocabulary
  const block = currentBlock(state)
  if (block === null) throw new Error('Nothing is masked any more: start another run.')
  checkPrediction(prediction, settings.answerLength, vocabulary.size)

  const canvas = state.ids.slice()
  const rows = [...canvas.keys()].filter((position) => canvas[position] === mask)
  const { readings, read } = readingsOf(state, prediction, rows, random)
  for (const row of rows) read(row, canvas)

  const own = ownSettings(settings)
  const { quota, isLast } = allowance(state, block, own)
  const isHeld =
    state.ends === 'last' && !isLast && rows.some((row) => row < block[1] && says(readings.get(row), end))
  const floor = state.ends === 'last' ? 0 : END_FLOOR
  const sureTail = isHeld ? block[1] : tailStart(canvas, readings, block, end, floor)
  const swept = rows.filter((row) => row >= sureTail && row < block[1])
  const tail = sweep(canvas, prediction, swept, vocabulary, floor)

  const strategy = strategyOf(settings.strategy)
  const back = wantedBack(state, block, random)
  const edits = editsOf(state, prediction, block)
  const parts = { canvas, readings, read, block, vocabulary, isHeld, strategy, own, random }
  const { commits, order } = compete({ ...parts, quota: quota + back.length })
  const revised = [...takeBack(canvas, back.slice(0, Math.max(0, commits.length - quota)), mask), ...edits]
  for (const { position, id } of edits) canvas[position] = id

  const decided = !canvas.subarray(...block).includes(mask)
  if (decided && canvas[block[1] - 1] === end) {
    const behind = rows.filter((row) => row >= block[1])
    tail.push(...sweep(canvas, prediction, behind, vocabulary, 0))
  }
  for (const commit of [...tail, ...revised]) commits.push({ ...commit, rank: commits.length + 1 })
  if (commits.length === 0 && state.polish === null) {
    throw new Error('No candidate of the model may stand at any masked position. Ask it for more candidates.')
  }
  for (const { position, id, probability } of edits) {
    readings.set(position, { id, probability, margin: 0, entropy: prediction.entropy[position]! })
  }
  const shown = [...rows, ...edits.map(({ position }) => position)].sort((a, b) => a - b)
  const said = rowsOf(prediction, shown, readings, mask)
  return {
    state: advance(state, canvas, surenessAfter(state, commits)),
    event: { step: state.step + 1, block, ...said, order: orderOf(shown, order), commits },
  }
}

/** Tokens taken back: the mask on the canvas, their ranks still to come. */
function takeBack(canvas: Int32Array, positions: readonly number[], mask: number): Omit<Commit, 'rank'>[] {
  return positions.map((position) => {
    const previous = canvas[position]!
    canvas[position] = mask
    return { position, id: mask, previous, probability: NaN, reason: { rule: 'taken-back' } }
  })
}

function surenessAfter({ sureness }: DiffusionState, commits: readonly Commit[]): Float64Array {
  const after = sureness.slice()
  for (const { position, probability } of commits) after[position] = probability
  return after
}

/**
 * How many the schedule allows this step, and whether its steps for the block are over with it. Where ends wait, a step
 * may find too few positions that have something to say: later ones make up for it, and the last takes what is left.
 */
function allowance(
  { settings, blockMasks: masks, stepOfBlock, ids, vocabulary, ends }: DiffusionState,
  block: Block,
  own: Own,
): { readonly quota: number; readonly isLast: boolean } {
  const { schedule } = strategyOf(settings.strategy)
  const allowed = (index: number) =>
    schedule({ block, masks, index, answerLength: settings.answerLength }, own)
  const hasBudget = own['steps'] !== undefined
  if (ends === 'sure' || !hasBudget) return { quota: allowed(stepOfBlock), isLast: false }
  let due = 0
  for (let index = 0; index <= stepOfBlock; index++) due += allowed(index)
  const left = masksIn(ids, block, vocabulary)
  return { quota: due - (masks - left), isLast: due >= masks }
}

/** Whether a position would take anything but an end. */
function says(reading: Reading | undefined, end: number): boolean {
  return reading !== undefined && reading.id !== end
}

/** What the rows would take, and how to read one anew when the canvas has changed: by the same noise. */
function readingsOf(
  { settings, vocabulary }: DiffusionState,
  prediction: Prediction,
  rows: readonly number[],
  random: Random,
) {
  const noise = new Map(
    settings.temperature > 0 ? rows.map((row) => [row, gumbelNoise(prediction.k, random)]) : [],
  )
  const readings = new Map<number, Reading>()
  const read = (position: number, canvas: Int32Array) => {
    const allowed = allowedAt(canvas, position, vocabulary)
    const reading = choose(prediction, position, allowed, settings, noise.get(position) ?? null)
    if (reading === null) readings.delete(position)
    else readings.set(position, reading)
  }
  return { readings, read }
}

/** Ends of sequence at some positions, free of the quota: written to the canvas, their ranks still to come. */
function sweep(
  canvas: Int32Array,
  prediction: Prediction,
  positions: readonly number[],
  { mask, end }: Vocabulary,
  floor: number,
): Omit<Commit, 'rank'>[] {
  for (const position of positions) canvas[position] = end
  return positions.map((position) => ({
    position,
    id: end,
    previous: mask,
    probability: probabilityAt(prediction, position, end),
    reason: { rule: 'tail', floor },
  }))
}

/** The place of each row among the positions that were asked, from 1; 0 where it was not asked. */
function orderOf(rows: readonly number[], asked: readonly number[]): Int32Array {
  const places = new Map(asked.map((position, at) => [position, at + 1]))
  return Int32Array.from(rows, (row) => places.get(row) ?? 0)
}

/** What was read at `rows`, copied out of the prediction; the mask stands where nothing could be chosen. */
function rowsOf(
  { k, ids, logProbs, entropy }: Prediction,
  rows: readonly number[],
  readings: ReadonlyMap<number, Reading>,
  mask: number,
) {
  const event = {
    positions: Int32Array.from(rows),
    k,
    ids: new Int32Array(rows.length * k),
    logProbs: new Float32Array(rows.length * k),
    entropy: Float32Array.from(rows, (row) => entropy[row]!),
    guesses: Int32Array.from(rows, (row) => readings.get(row)?.id ?? mask),
    confidence: Float32Array.from(rows, (row) => readings.get(row)?.probability ?? 0),
  }
  rows.forEach((row, at) => {
    event.ids.set(ids.subarray(row * k, (row + 1) * k), at * k)
    event.logProbs.set(logProbs.subarray(row * k, (row + 1) * k), at * k)
  })
  return event
}
