import type { EngineError } from '../engine-error.ts'
import { CANCELLED } from '../run.ts'
import { codeMissing } from '../fetching/fetch-code.ts'
import type { LoadProgress } from '../progress.ts'
import type { CallKind, Calls, NoticeMessage, PageMessage, WorkerMessage } from './protocol.ts'

/** What is used of a `Worker`. */
export interface WorkerLike {
  postMessage(message: PageMessage): void
  terminate(): void
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
}

interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: LoadProgress) => void
}

/** The page's end of the wire to one worker. Once closed it stays closed: start another worker. */
export interface WorkerLink {
  readonly closed: boolean
  /** The id is the request's: a run is named by it. */
  call<K extends CallKind>(
    kind: K,
    payload: Calls[K]['payload'],
    options?: CallOptions,
  ): { readonly id: number; readonly result: Promise<Calls[K]['result']> }
  notify(message: NoticeMessage): void
  /** Ends the worker. Everything that waits fails with `error`. */
  close(error: EngineError): void
}

interface Waiting {
  readonly resolve: (result: never) => void
  readonly reject: (error: EngineError) => void
  readonly onProgress: CallOptions['onProgress']
  readonly settle: () => void
}

/**
 * @param silenceMs milliseconds without a word from the worker, while something waits for it, after which
 *   it counts as crashed
 */
export function openWorkerLink(worker: WorkerLike, silenceMs: number): WorkerLink {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let closed = false
  let watchdog: ReturnType<typeof setTimeout> | undefined

  function crashed(detail: string): void {
    close({
      kind: 'worker-crashed',
      message: 'The worker that computes has stopped. Run again: it starts anew.',
      detail,
    })
  }

  function watch(): void {
    clearTimeout(watchdog)
    if (waiting.size === 0) return
    watchdog = setTimeout(() => crashed(`The worker was silent for ${silenceMs} ms.`), silenceMs)
  }

  function take(id: number): Waiting | undefined {
    const call = waiting.get(id)
    waiting.delete(id)
    call?.settle()
    return call
  }

  function close(error: EngineError): void {
    if (closed) return
    closed = true
    clearTimeout(watchdog)
    worker.terminate()
    for (const id of [...waiting.keys()]) take(id)?.reject(error)
  }

  worker.onmessage = ({ data }) => {
    if (closed) return
    if (data.kind === 'progress') waiting.get(data.id)?.onProgress?.(data.progress)
    else if (data.kind === 'failed') take(data.id)?.reject(data.error)
    else take(data.id)?.resolve(data.result as never)
    watch()
  }
  worker.onerror = (event) => {
    event.preventDefault()
    // A script that couldn't be fetched: an event without the message that errors of a script carry.
    if (event.message) crashed(event.message)
    else close(codeMissing('The worker did not start.'))
  }
  worker.onmessageerror = () => crashed('A message could not be read.')

  return {
    get closed() {
      return closed
    },
    call(kind, payload, { signal, onProgress } = {}) {
      const id = ++lastId
      const result = new Promise<Calls[typeof kind]['result']>((resolve, reject) => {
        if (closed) {
          reject({
            kind: 'worker-crashed',
            message: 'The worker has ended. Run again.',
          } satisfies EngineError)
          return
        }
        if (signal?.aborted) {
          reject(CANCELLED)
          return
        }
        const cancel = () => {
          worker.postMessage({ kind: 'cancel', payload: { request: id } })
          take(id)?.reject(CANCELLED)
          watch()
        }
        signal?.addEventListener('abort', cancel, { once: true })
        waiting.set(id, {
          resolve,
          reject,
          onProgress,
          settle: () => signal?.removeEventListener('abort', cancel),
        })
        worker.postMessage({ kind, id, payload } as PageMessage)
        if (waiting.size === 1) watch()
      })
      return { id, result }
    },
    notify(message) {
      if (!closed) worker.postMessage(message)
    },
    close,
  }
}
