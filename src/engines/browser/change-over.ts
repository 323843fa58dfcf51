import { sleep } from '../sleep.ts'
import type { OpenEngine, Rival } from './open-engine.ts'

export interface ChangeOver {
  /** Makes an engine's rival ready behind it, if it has one. */
  begin(engine: OpenEngine): void
  /** Notes that a run has begun; gives what notes its end. */
  busy(): () => void
  /** Resolves when nothing is being timed. */
  decided(): Promise<void>
  /** Ends whatever is made ready. */
  end(): void
}

/**
 * Changes from the processor, which is ready at once, to a graphics processor that is quicker: never in the middle of
 * a comparison, whose lanes run one after the other.
 *
 * @param restMs so long nothing may have run, in milliseconds, before the two are timed
 * @param replace puts one engine in another's place; false where that is no longer in use
 */
export function changeOver(
  restMs: number,
  replace: (before: OpenEngine, now: OpenEngine) => boolean,
): ChangeOver {
  let running = 0
  let begun = 0
  let deciding: Promise<void> = Promise.resolve()
  let ends = new AbortController()

  async function atRest(signal: AbortSignal): Promise<void> {
    for (let before = -1; !signal.aborted && (before !== begun || running > 0);) {
      before = begun
      await sleep(restMs, signal)
    }
  }

  async function decide(engine: OpenEngine, rival: Rival): Promise<void> {
    const winner = await rival.decide()
    if (!replace(engine, winner) && winner.link !== engine.link) rival.drop()
  }

  async function follow(engine: OpenEngine, signal: AbortSignal): Promise<void> {
    const rival = await engine.rival?.(signal)
    if (rival === undefined) return
    await atRest(signal)
    if (signal.aborted) rival.drop()
    else await (deciding = decide(engine, rival))
  }

  return {
    begin(engine) {
      ends.abort()
      ends = new AbortController()
      // What can't be made ready isn't missed: the processor goes on.
      void follow(engine, ends.signal).catch(() => undefined)
    },
    busy() {
      running++
      begun++
      return () => void running--
    },
    decided: () => deciding.catch(() => undefined),
    end: () => ends.abort(),
  }
}
