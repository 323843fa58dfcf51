import { Worker } from 'node:worker_threads'
import type { PassAnswer, PassRequest, SessionFolder } from './pass.ts'

export interface Sessions {
  /** One pass: packed rows, [batch, window, 2 k + 2]. */
  pass(request: Omit<PassRequest, 'call'>): Promise<Float32Array>
  close(): Promise<void>
}

interface Caller {
  readonly resolve: (packed: Float32Array) => void
  readonly reject: (reason: Error) => void
}

/**
 * The sessions of a model folder in a thread of their own: onnxruntime's Node binding computes on the thread that
 * asks, and would stop everything else that this process serves. A worker that dies is replaced at the next pass.
 */
export function openSessions(source: SessionFolder): Sessions {
  const callers = new Map<number, Caller>()
  let calls = 0
  let worker: Worker | null = null

  function start(): Worker {
    const started = new Worker(new URL('./start-session-worker.js', import.meta.url), { workerData: source })
    started.unref()
    started.on('message', (answer: PassAnswer) => {
      const caller = callers.get(answer.call)
      callers.delete(answer.call)
      if ('packed' in answer) caller?.resolve(answer.packed)
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
    pass(request) {
      worker ??= start()
      const call = ++calls
      return new Promise((resolve, reject) => {
        callers.set(call, { resolve, reject })
        worker?.postMessage({ ...request, call } satisfies PassRequest)
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}
