import { stepOfChanges, type Change } from '../../trace/step-of-changes.ts'
import type { TraceStep } from '../../trace/trace.ts'
import type { DllmVizFrame } from './dllm-viz-schema.ts'
import type { AnswerSlots } from './dllm-viz-slots.ts'
import { ImportError } from './imported.ts'
import type { TokenTable } from './token-table.ts'

interface Row {
  readonly candidates: readonly { readonly id: number; readonly probability: number }[]
  readonly entropy: number
}

/** What a frame did to the answer. */
interface Effects {
  /** Probabilities of what came to stand, as far as they are known. */
  readonly probabilities: Map<number, number>
  readonly rows: Map<number, Row>
  readonly guesses: Map<number, { readonly id: number; readonly probability: number }>
}

/** What frames are read with. */
export interface FrameReader {
  readonly slots: AnswerSlots
  readonly table: TokenTable
  readonly mask: number
  /** Whether the file's confidences are probabilities. */
  readonly isProbability: boolean
}

function applyOperation(
  operation: DllmVizFrame['operations'][number],
  path: string,
  { slots, table, isProbability }: FrameReader,
  { probabilities, rows, guesses }: Effects,
): void {
  switch (operation.type) {
    case 'set-projection':
    case 'set-scalar':
      return
    case 'insert-slots':
    case 'delete-slots':
    case 'move-slot':
      throw new ImportError(
        path,
        `"${operation.type}" changes the number of positions, which cannot be drawn here`,
      )
    case 'set-distribution': {
      const position = slots.positionOf(operation.slotId, path)
      if (position === null) return
      const candidates = operation.candidates
        .filter(({ probability }) => probability !== undefined && probability >= 0 && probability <= 1)
        .map(({ tokenId, text, probability }) => ({
          id: table.idOf(tokenId, text),
          probability: probability!,
        }))
        .sort((a, b) => b.probability - a.probability)
      const { entropy = NaN } = operation
      if (candidates.length > 0) rows.set(position, { candidates, entropy: entropy >= 0 ? entropy : NaN })
      return
    }
    default: {
      const touched = slots.apply(operation, path)
      if (touched === null) return
      const { position, proposed } = touched
      const isToken = operation.type === 'set-token' || operation.type === 'commit'
      const said = isToken ? operation.confidence : undefined
      const probability = said !== undefined && isProbability ? Math.min(1, said) : NaN
      probabilities.set(position, probability)
      if (proposed !== null) guesses.set(position, { id: proposed, probability })
      else guesses.delete(position)
    }
  }
}

/**
 * The step of a frame, which changes the reader's slots; null for a frame that only opens or closes the run.
 *
 * @param path of the frame in the file
 */
export function stepOfFrame(
  frame: DllmVizFrame,
  path: string,
  reader: FrameReader,
  number: number,
): TraceStep | null {
  const before = reader.slots.canvas()
  const effects: Effects = { probabilities: new Map(), rows: new Map(), guesses: new Map() }
  frame.operations.forEach((operation, at) =>
    applyOperation(operation, `${path}.operations.${at}`, reader, effects),
  )
  const changes = reader.slots.canvas().flatMap((id, position): Change[] => {
    if (id === before[position]) return []
    const known = id === reader.mask ? undefined : effects.probabilities.get(position)
    return [{ position, id, probability: known ?? NaN }]
  })
  const isPass = frame.kind === 'denoise' || frame.kind === 'renoise'
  if (!isPass && changes.length === 0 && effects.guesses.size === 0) return null
  return { ...stepOfChanges(number, changes, before, reader.mask), ...rowsOf(effects) }
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
