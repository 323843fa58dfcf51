import { createShares } from '../shares.ts'
import { createRotation, type Party } from './rotation.ts'

/** What became of one piece of work. */
export interface Done<Result> {
  readonly result: Result
  /** Milliseconds that it waited, and that the pass it was part of took. */
  readonly queueMs: number
  readonly computeMs: number
}

export interface BatchOptions<Item, Result> {
  /** Only items of one key go through a pass together. */
  readonly keyOf: (item: Item) => number
  /** Most items of one pass of a key. */
  readonly mostOf: (key: number) => number
  /** Most items that may wait. */
  readonly mostWaiting: number
  /** One pass; results in the order of the items. Never called before the one before has ended. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  readonly now: () => number
}

export interface Batches<Item, Result> {
  /** Resolves when the item's pass has ended. Rejects with the signal's reason, `Full`, or what the pass threw. */
  submit(item: Item, party: Party, signal: AbortSignal): Promise<Done<Result>>
}

/** So many wait already that one more had better come back later. */
export class Full extends Error {}

interface Waiting<Item, Result> extends Party {
  readonly item: Item
  /** Gives its place in the queue back. */
  readonly giveBack: () => void
  readonly since: number
  readonly resolve: (done: Done<Result>) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Joins what comes while a pass runs into the next one. Nobody waits for company: a pass begins as soon as there
 * is work, and under load the work that has gathered meanwhile makes the batch. Whoever was served longest ago goes
 * first, with all that fit beside it; so a client with little waits for one pass, whatever another has brought.
 */
export function createBatches<Item, Result>(options: BatchOptions<Item, Result>): Batches<Item, Result> {
  const { keyOf, mostOf, mostWaiting, run, now } = options
  const served = createRotation()
  const queue = createShares(mostWaiting)
  let waiting: Waiting<Item, Result>[] = []
  let isRunning = false

  function next(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = []
    let key: number | null = null
    let most = 1
    while (batch.length < most) {
      const one = served.first(key === null ? waiting : waiting.filter(({ item }) => keyOf(item) === key))
      if (one === null) break
      key ??= keyOf(one.item)
      most = mostOf(key)
      served.note(one)
      one.giveBack()
      waiting = waiting.filter((other) => other !== one)
      batch.push(one)
    }
    return batch
  }

  async function work(): Promise<void> {
    isRunning = true
    // What arrives in one turn of the event loop goes together.
    await new Promise(setImmediate)
    for (let batch = next(); batch.length > 0; batch = next()) {
      const begun = now()
      try {
        const results = await run(batch.map(({ item }) => item))
        const computeMs = now() - begun
        batch.forEach(({ resolve, since }, at) =>
          resolve({ result: results[at]!, queueMs: begun - since, computeMs }),
        )
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isRunning = false
  }

  return {
    submit(item, party, signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      return new Promise((resolve, reject) => {
        const leave = (reason: unknown) => {
          waiting = waiting.filter((other) => other.reject !== reject)
          giveBack?.()
          reject(reason)
        }
        const giveBack = queue.take(party.client, 1, () => leave(new Full('others wait for less')))
        if (giveBack === null) return leave(new Full('too many steps wait'))
        waiting.push({ ...party, item, since: now(), giveBack, resolve, reject })
        signal.addEventListener('abort', () => leave(signal.reason), { once: true })
        if (!isRunning) void work()
      })
    },
  }
}
