import type { OpenRuntime } from '../browser/runtime.ts'
import type { Calls, PageMessage, WorkerMessage } from '../browser/protocol.ts'
import { createWorkerService } from '../browser/worker-service.ts'
import type { WorkerLike } from '../browser/worker-link.ts'
import type { EngineError } from '../engine-error.ts'
import { scriptedModel, type ScriptedModel } from './scripted-model.ts'

export interface WorkerScript {
  /** Throws for a load that fails. */
  readonly onLoad?: (payload: Calls['load']['payload']) => void | Promise<void>
  /** Throws for a pass that fails; the worker may be hurt here, too. */
  readonly onPass?: (pass: number, worker: InProcessWorker) => void
}

/** A worker's real service over a scripted model, in this thread; messages are cloned as on the wire. */
export interface InProcessWorker extends WorkerLike {
  readonly received: PageMessage[]
  readonly model: ScriptedModel
  readonly terminated: boolean
  backend: string
  /** An uncaught error in the worker. */
  crash(): void
  /** The worker's script could not be fetched: browsers then fire an event without a message. */
  failToStart(): void
  /** From now on the worker answers nothing. */
  hush(): void
  loseDevice(): void
}

export function inProcessWorker({ onLoad, onPass }: WorkerScript = {}): InProcessWorker {
  let silent = false
  let terminated = false
  let loseDevice: (reason: string) => void = () => undefined
  const lost = new Promise<string>((resolve) => (loseDevice = resolve))
  const model = scriptedModel((pass) => onPass?.(pass, worker))
  const send = (message: WorkerMessage, transfer: Transferable[]) => {
    const data = structuredClone(message, { transfer })
    queueMicrotask(() => {
      if (!silent && !terminated) worker.onmessage?.({ data } as MessageEvent<WorkerMessage>)
    })
  }
  const serve = createWorkerService({
    post: send,
    now: model.now,
    async load(payload, { onProgress }) {
      worker.backend = payload.backend
      onProgress({ phase: 'download', loadedBytes: 1, totalBytes: 2, cached: false })
      await onLoad?.(payload)
      const device = { backend: payload.backend, label: payload.backend }
      return {
        ...model,
        device,
        pieces: { bytes: Uint8Array.from([97, 98]), offsets: Int32Array.from([0, 1, 2]) },
        notes: [],
        topK: 2,
        answerLengths: [],
        canvas: 6,
        runtime: { device, lost, destroyDevice: () => loseDevice('destroyed') } as unknown as OpenRuntime,
      }
    },
  })
  const worker: InProcessWorker = {
    received: [],
    model,
    backend: '',
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    get terminated() {
      return terminated
    },
    postMessage(message) {
      if (terminated) return
      worker.received.push(message)
      serve(structuredClone(message))
    },
    terminate: () => void (terminated = true),
    crash: () => worker.onerror?.({ message: 'crash', preventDefault: () => undefined } as ErrorEvent),
    failToStart: () => worker.onerror?.({ preventDefault: () => undefined } as ErrorEvent),
    hush: () => void (silent = true),
    loseDevice: () => loseDevice('driver reset'),
  }
  return worker
}

export const SELF_CHECK_FAILED: EngineError = { kind: 'self-check-failed', message: 'wrong numbers' }
