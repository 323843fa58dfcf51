import type { Vocabulary } from '../../../core/vocabulary.ts'
import type { Pieces } from '../../../trace/pieces.ts'
import { stepOfChanges } from '../../../trace/step-of-changes.ts'
import type { TraceStep } from '../../../trace/trace.ts'
import type { Standing } from './dialects.ts'

/** Ids are given to pieces of text as they come, so the size is only a bound. */
export const TEXT_VOCABULARY: Vocabulary = { size: 2 ** 20, mask: 0, end: 1, suppressed: [0, 1] }

/** Steps of a run that is known by its text alone. */
export interface TextSteps {
  /** The step that leaves this standing, at `at` milliseconds: what differs from before, by position. */
  next(standing: Standing, at: number): TraceStep
  readonly pieces: Pieces
}

/**
 * @param positions most pieces that are told apart; the last one holds all that follows
 */
export function textSteps(positions: number): TextSteps {
  const { mask, size } = TEXT_VOCABULARY
  const utf8 = new TextEncoder()
  const idOf = new Map<string, number>()
  const bytesOf = new Map<number, Uint8Array>()
  const none = new Uint8Array()
  const canvas = new Array<number>(positions).fill(mask)
  let step = 0
  let before = 0

  function toId(piece: string): number {
    const known = idOf.get(piece)
    if (known !== undefined) return known
    const id = 2 + idOf.size
    if (id >= size) throw new RangeError('The service sent more different words than can be told apart.')
    idOf.set(piece, id)
    bytesOf.set(id, utf8.encode(piece))
    return id
  }

  return {
    next({ pieces, from, place }, at) {
      const shown =
        pieces.length <= positions
          ? pieces
          : [...pieces.slice(0, positions - 1), pieces.slice(positions - 1).join('')]
      const changes = canvas.flatMap((old, position) => {
        const piece = shown[position]
        const id = piece === undefined ? mask : toId(piece)
        return id === old ? [] : [{ position, id, probability: NaN }]
      })
      const event = stepOfChanges(++step, changes, canvas, mask)
      for (const { position, id } of changes) canvas[position] = id
      const passMs = at - before
      before = at
      const block = [Math.min(from, positions - 1), positions] as const
      return { ...event, block, at, passMs, ...(place && { draft: place }) }
    },
    pieces: (id) => bytesOf.get(id) ?? none,
  }
}
