import { Worker } from 'node:worker_threads'
import type { NextToken, PassRequest, SessionFolder, WorkAnswer, WorkRequest } from './pass.ts'

export interface Sessions {
  /** One pass: packed rows, [batch, window, 2 k + 2]. */
  pass(request: PassRequest): Promise<Float32Array>
  /** The token that follows, read from left to right. */
  next(ids: readonly number[]): Promise<NextToken>
  close(): Promise<void>
}

interface Caller {
  readonly resolve: (done: never) => void
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
    started.on('message', (answer: WorkAnswer) => {
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

  /** Each kind of request is answered by its own kind of result. */
  function ask<Result>(requestOf: (call: number) => WorkRequest): Promise<Result> {
    worker ??= start()
    const call = ++calls
    return new Promise((resolve, reject) => {
      callers.set(call, { resolve, reject })
      worker?.postMessage(requestOf(call))
    })
  }

  return {
    pass: (pass) => ask((call) => ({ call, pass })),
    next: (next) => ask((call) => ({ call, next })),
    async close() {
      await worker?.terminate()
    },
  }
}
