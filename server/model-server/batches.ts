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
  /** Most items of one pass. */
  readonly most: number
  /** Most items that may wait. */
  readonly mostWaiting: number
  /** One pass; results in the order of the items. Never called before the one before has ended. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  readonly now: () => number
}

export interface Batches<Item, Result> {
  /** Resolves when the item's pass has ended. Rejects with the signal's reason, `Full`, or what the pass threw. */
  submit(item: Item, signal: AbortSignal): Promise<Done<Result>>
}

/** So many wait already that one more had better come back later. */
export class Full extends Error {}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly since: number
  readonly resolve: (done: Done<Result>) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Joins what comes while a pass runs into the next one. Nobody waits for company: a pass begins as soon as there
 * is work, and under load the work that has gathered meanwhile makes the batch. Whoever waits longest goes first,
 * with all that fit beside it.
 */
export function createBatches<Item, Result>(options: BatchOptions<Item, Result>): Batches<Item, Result> {
  const { keyOf, most, mostWaiting, run, now } = options
  let waiting: Waiting<Item, Result>[] = []
  let isRunning = false

  function next(): Waiting<Item, Result>[] {
    const [first] = waiting
    if (first === undefined) return []
    const key = keyOf(first.item)
    const batch = waiting.filter(({ item }) => keyOf(item) === key).slice(0, most)
    const taken = new Set(batch)
    waiting = waiting.filter((one) => !taken.has(one))
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
    submit(item, signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (waiting.length >= mostWaiting) return Promise.reject(new Full('too many steps wait'))
      return new Promise((resolve, reject) => {
        const one = { item, since: now(), resolve, reject }
        waiting.push(one)
        const leave = () => {
          waiting = waiting.filter((other) => other !== one)
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        if (!isRunning) void work()
      })
    },
  }
}
