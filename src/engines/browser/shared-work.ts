import { CANCELLED } from '../run.ts'

/** Work that is done once for all who want it. */
export interface SharedWork<T, Progress> {
  /**
   * Starts the work or joins it; once it is done, gives its result. An aborted signal lets go of this
   * caller alone; the work itself is aborted when nobody is left who waits for it. A failure is forgotten:
   * the next caller starts anew.
   */
  join(onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<T>
  /** Forgets a result that is no longer good; whether it was still the one in use. */
  forget(result: T): boolean
  /** Puts another result in the place of the one in use; whether it was still that. */
  replace(result: T, other: T): boolean
  /** Aborts the work or forgets its result. */
  abandon(): void
}

interface Current<T, Progress> {
  readonly promise: Promise<T>
  readonly abort: AbortController
  readonly listeners: Set<(progress: Progress) => void>
  result?: T
}

export function shareWork<T, Progress>(
  work: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
): SharedWork<T, Progress> {
  let current: Current<T, Progress> | null = null

  function begin(): Current<T, Progress> {
    const abort = new AbortController()
    const listeners = new Set<(progress: Progress) => void>()
    const promise = work((progress) => listeners.forEach((listener) => listener(progress)), abort.signal)
    const started: Current<T, Progress> = { promise, abort, listeners }
    promise.then(
      (result) => (started.result = result),
      () => {
        if (current === started) current = null
      },
    )
    return started
  }

  return {
    async join(onProgress, signal) {
      if (signal.aborted) throw CANCELLED
      const joined = (current ??= begin())
      // A listener of its own, so that the same function may join twice.
      const listener = (progress: Progress) => onProgress(progress)
      joined.listeners.add(listener)
      let leave: () => void = () => undefined
      try {
        return await Promise.race([
          joined.promise,
          new Promise<never>((_, reject) => {
            leave = () => reject(CANCELLED)
            signal.addEventListener('abort', leave, { once: true })
          }),
        ])
      } finally {
        signal.removeEventListener('abort', leave)
        joined.listeners.delete(listener)
        if (joined.listeners.size === 0 && signal.aborted && !('result' in joined)) {
          if (current === joined) current = null
          joined.abort.abort()
        }
      }
    },
    forget(result) {
      if (current?.result !== result) return false
      current = null
      return true
    },
    replace(result, other) {
      if (current?.result !== result) return false
      current = { ...current, promise: Promise.resolve(other), result: other }
      return true
    },
    abandon() {
      current?.abort.abort()
      current = null
    },
  }
}
