/** Runs pieces of work one at a time, those of the clients in turn, and lets everything else happen in between. */
export type Turns = <Result>(client: string, work: () => Result) => Promise<Result>

/**
 * However much of it one client brings, another waits for one piece of each client before it. Rejects with what the
 * work throws.
 */
export function createTurns(): Turns {
  /** First the client whose turn it is. */
  const waiting = new Map<string, (() => void)[]>()
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const [client, pieces] = first
      waiting.delete(client)
      pieces.shift()?.()
      if (pieces.length > 0) waiting.set(client, pieces)
      await new Promise(setImmediate)
    }
    isRunning = false
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
      const its = waiting.get(client)
      if (its === undefined) waiting.set(client, [piece])
      else its.push(piece)
      if (!isRunning) void run()
    })
}
