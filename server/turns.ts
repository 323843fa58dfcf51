import { performance } from 'node:perf_hooks'

/** Runs pieces of work one at a time, those of the clients in turn, and lets everything else happen in between. */
export type Turns = <Result>(client: string, work: () => Result) => Promise<Result>

/** How many times as long as its piece took a client rests: its work has a quarter of the loop at most. */
const REST = 3

/** Shorter rests than a timer can tell are none. */
const SHORTEST_REST_MS = 1

/**
 * However much of it one client brings, another waits for one piece of each client before it. Rejects with what the
 * work throws.
 *
 * @param now milliseconds
 */
export function createTurns(now = () => performance.now()): Turns {
  /** First the client whose turn it is. */
  const waiting = new Map<string, (() => void)[]>()
  /** What clients brought while they rest. */
  const resting = new Map<string, (() => void)[]>()
  let isRunning = false

  async function run(): Promise<void> {
    if (isRunning) return
    isRunning = true
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const [client, pieces] = first
      waiting.delete(client)
      const begun = now()
      pieces.shift()?.()
      const rest = REST * (now() - begun)
      if (rest >= SHORTEST_REST_MS) {
        resting.set(client, pieces)
        setTimeout(() => goOn(client), rest)
      } else if (pieces.length > 0) waiting.set(client, pieces)
      await new Promise(setImmediate)
    }
    isRunning = false
  }

  function goOn(client: string): void {
    const pieces = resting.get(client)!
    resting.delete(client)
    if (pieces.length === 0) return
    waiting.set(client, pieces)
    void run()
  }

  return (client, work) =>
    new Promise((resolve, reject) => {
      const piece = () => {
        try {
          resolve(work())
        } catch (error) {
          reject(error as Error)
        }
      }
      const its = waiting.get(client) ?? resting.get(client)
      if (its === undefined) waiting.set(client, [piece])
      else its.push(piece)
      void run()
    })
}
