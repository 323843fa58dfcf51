import { setPriority } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'

/** What a thread is asked, and what it answers. */
interface Question<Asked> {
  readonly call: number
  readonly asked: Asked
}
type Answer =
  { readonly call: number; readonly done: unknown } | { readonly call: number; readonly failure: string }

export interface Thread<Asked> {
  /** Each kind of question is answered by its own kind of result. Rejects with what went wrong there. */
  ask<Done>(asked: Asked): Promise<Done>
  close(): Promise<void>
}

interface Caller {
  readonly resolve: (done: never) => void
  readonly reject: (reason: Error) => void
}

/**
 * A thread that computes: onnxruntime in Node computes on the thread that asks, and would stop everything else that
 * this process serves. One that dies is replaced at the next question.
 *
 * @param script the thread's own file; see `answerFrom`
 * @param workerData what it gets at its start
 */
export function openThread<Asked>(script: URL, workerData: unknown): Thread<Asked> {
  const callers = new Map<number, Caller>()
  let calls = 0
  let worker: Worker | null = null

  function start(): Worker {
    const started = new Worker(script, { workerData })
    started.unref()
    started.on('message', (answer: Answer) => {
      const caller = callers.get(answer.call)
      callers.delete(answer.call)
      if ('done' in answer) caller?.resolve(answer.done as never)
      else caller?.reject(new Error(answer.failure))
    })
    const lose = (reason: Error) => {
      if (worker === started) worker = null
      for (const { reject } of callers.values()) reject(reason)
      callers.clear()
    }
    started.on('error', lose)
    started.on('exit', () => lose(new Error('the thread that computes has ended')))
    return started
  }

  return {
    ask(asked) {
      worker ??= start()
      const call = ++calls
      return new Promise((resolve, reject) => {
        callers.set(call, { resolve, reject })
        worker?.postMessage({ call, asked } satisfies Question<Asked>)
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** How far whoever computes stands back behind whoever answers, in steps of `nice`. */
const STANDS_BACK = 5

/** The thread's side: answers every question by `work`, in any order. */
export function answerFrom<Asked>(work: (asked: Asked) => Promise<unknown>): void {
  // On Linux alone a thread has a priority of its own; elsewhere this would be the whole server's.
  if (process.platform === 'linux') setPriority(0, STANDS_BACK)
  parentPort?.on('message', ({ call, asked }: Question<Asked>) => {
    const answer = (value: Answer) => parentPort?.postMessage(value)
    work(asked).then(
      (done) => answer({ call, done }),
      (error: unknown) =>
        answer({ call, failure: error instanceof Error ? String(error) : JSON.stringify(error) }),
    )
  })
}
