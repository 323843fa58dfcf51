import type { ExtendSession } from '../../src/engines/onnx/extend-session.ts'
import type { Predicted, Extension } from '../../src/engines/predictor.ts'

/** What was read of one text: a cache that stands behind its ids. */
interface Reading {
  readonly ids: readonly number[]
  readonly room: number
  readonly extension: Extension
}

export interface Readings {
  /** Predicts the token that follows. */
  next(ids: readonly number[]): Promise<Predicted>
}

/** Tokens that a cache has room for beyond those that are asked about: as many come before it is made anew. */
const AHEAD = 32

/**
 * Reads texts from left to right. A request brings all of its ids, so any server can answer it; where the text so
 * far was read here a moment ago, only what is new is read. The caches used last are kept.
 *
 * @param most caches that are kept
 */
export function createReadings(session: Pick<ExtendSession, 'roomFor' | 'start'>, most: number): Readings {
  /** Longest unused first. A cache that is at work is not among them. */
  const kept: Reading[] = []

  /** The longest text read here that this one goes on with, taken out; null where there is none. */
  function take(ids: readonly number[]): Reading | null {
    const fits = ({ ids: read, room }: Reading) =>
      read.length < ids.length && ids.length <= room && read.every((id, at) => id === ids[at])
    const best = kept
      .filter(fits)
      .reduce<Reading | null>((a, b) => (a && a.ids.length >= b.ids.length ? a : b), null)
    if (best !== null) kept.splice(kept.indexOf(best), 1)
    return best
  }

  function start(tokens: number): Reading {
    const room = session.roomFor(tokens + AHEAD)
    return { ids: [], room, extension: session.start(room) }
  }

  async function read(ids: readonly number[]): Promise<Predicted> {
    const { ids: known, room, extension } = take(ids) ?? start(ids.length)
    const predicted = await extension.extend(ids.slice(known.length))
    kept.push({ ids, room, extension })
    if (kept.length > most) kept.shift()?.extension.release()
    return predicted
  }

  // All caches share the graph's inputs, which are written in place: one pass at a time.
  let last: Promise<unknown> = Promise.resolve()
  return {
    next(ids) {
      const next = last.then(() => read(ids))
      last = next.catch(() => undefined)
      return next
    },
  }
}
