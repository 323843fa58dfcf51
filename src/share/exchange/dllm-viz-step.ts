import { stepOfChanges, type Change } from '../../trace/step-of-changes.ts'
import type { TraceStep } from '../../trace/trace.ts'
import type { DllmVizFrame } from './dllm-viz-schema.ts'

import { ImportError } from './imported.ts'
import type { TokenTable } from './token-table.ts'

/** What the frames before have left. */
export interface Slots {
  /** Slots of the answer, by position. */
  readonly positionOf: ReadonlyMap<string, number>
  /** All other slots: the prompt. */
  readonly others: ReadonlySet<string>
  readonly mask: number
  readonly end: number
  readonly table: TokenTable
}

interface Row {
  readonly candidates: readonly { readonly id: number; readonly probability: number }[]
  readonly entropy: number
}

/** What a frame did to the answer. */
interface Effects {
  readonly changes: Map<number, Change>
  readonly rows: Map<number, Row>
  readonly guesses: Map<number, { readonly id: number; readonly probability: number }>
}

const COMMITTED: ReadonlySet<string | undefined> = new Set(['committed', 'fixed', 'unknown'])

function applyOperation(
  operation: DllmVizFrame['operations'][number],
  path: string,
  { positionOf, others, mask, end, table }: Slots,
  { changes, rows, guesses }: Effects,
  canvas: readonly number[],
): void {
  if (operation.type === 'set-projection' || operation.type === 'set-scalar') return
  if (
    operation.type === 'insert-slots' ||
    operation.type === 'delete-slots' ||
    operation.type === 'move-slot'
  ) {
    throw new ImportError(
      path,
      `"${operation.type}" changes the number of positions, which cannot be drawn here`,
    )
  }
  const position = positionOf.get(operation.slotId)
  if (position === undefined) {
    if (others.has(operation.slotId)) return
    throw new ImportError(
      `${path}.slotId`,
      `there is no slot ${JSON.stringify(operation.slotId.slice(0, 40))}`,
    )
  }
  const commit = (id: number, probability = NaN) => changes.set(position, { position, id, probability })
  switch (operation.type) {
    case 'mask':
    case 'renoise':
      commit(mask)
      return
    case 'commit':
      commit(table.idOf(operation.tokenId, operation.text), operation.confidence)
      return
    case 'set-distribution': {
      const candidates = operation.candidates
        .filter(({ probability }) => probability !== undefined && probability >= 0 && probability <= 1)
        .map(({ tokenId, text, probability }) => ({
          id: table.idOf(tokenId, text),
          probability: probability!,
        }))
        .sort((a, b) => b.probability - a.probability)
      if (candidates.length > 0) rows.set(position, { candidates, entropy: operation.entropy ?? NaN })
      return
    }
    case 'set-token': {
      const { tokenId, text, state, confidence: probability = NaN } = operation
      const names = tokenId !== undefined || text !== undefined
      if (state === 'masked' || state === 'renoised') commit(mask)
      else if (state === 'padding') commit(end, probability)
      else if (!names) return
      else if (COMMITTED.has(state)) commit(table.idOf(tokenId, text), probability)
      else if (state === undefined && canvas[position] !== mask)
        commit(table.idOf(tokenId, text), probability)
      else guesses.set(position, { id: table.idOf(tokenId, text), probability })
    }
  }
}

/**
 * The step of a frame; null for a frame that only opens or closes the run.
 *
 * @param canvas ids before the frame, by position
 * @param path of the frame in the file
 */
export function stepOfFrame(
  frame: DllmVizFrame,
  path: string,
  slots: Slots,
  canvas: readonly number[],
  number: number,
): TraceStep | null {
  const effects: Effects = { changes: new Map(), rows: new Map(), guesses: new Map() }
  frame.operations.forEach((operation, at) =>
    applyOperation(operation, `${path}.operations.${at}`, slots, effects, canvas),
  )
  const changes = [...effects.changes.values()].filter(({ position, id }) => id !== canvas[position])
  const isPass = frame.kind === 'denoise' || frame.kind === 'renoise'
  if (!isPass && changes.length === 0 && effects.guesses.size === 0) return null
  return { ...stepOfChanges(number, changes, canvas, slots.mask), ...rowsOf(effects) }
}

/** Rows for what the frame says it read: as many candidates as every one of them has. */
function rowsOf({ rows, guesses }: Effects) {
  const positions = [...new Set([...rows.keys(), ...guesses.keys()])].sort((a, b) => a - b)
  const read = positions.map((position) => {
    const guess = guesses.get(position)
    const known = guess && !Number.isNaN(guess.probability) ? [guess] : []
    const candidates = rows.get(position)?.candidates ?? known
    return {
      position,
      candidates,
      entropy: rows.get(position)?.entropy ?? NaN,
      guess: guess ?? candidates[0]!,
    }
  })
  const whole = read.filter(({ candidates }) => candidates.length > 0)
  const k = whole.reduce((least, { candidates }) => Math.min(least, candidates.length), 64)
  const first = whole.flatMap(({ candidates }) => candidates.slice(0, k))
  return {
    positions: Int32Array.from(whole, ({ position }) => position),
    k: whole.length > 0 ? k : 1,
    ids: Int32Array.from(first, ({ id }) => id),
    logProbs: Float32Array.from(first, ({ probability }) => Math.log(Math.max(probability, 1e-9))),
    entropy: Float32Array.from(whole, ({ entropy }) => entropy),
    guesses: Int32Array.from(whole, ({ guess }) => guess.id),
    confidence: Float32Array.from(whole, ({ guess, candidates }) =>
      Number.isNaN(guess.probability)
        ? (candidates.find(({ id }) => id === guess.id)?.probability ?? 0)
        : guess.probability,
    ),
  }
}
