import type { EngineError } from '../engine-error.ts'
import { isEngineError } from '../engine-error.ts'
import { CANCELLED, runSteps, type RunStep } from '../run.ts'
import { createFifo } from './fifo.ts'
import type { OpenRuntime } from './runtime.ts'
import {
  transferables,
  type CallKind,
  type CallMessage,
  type Calls,
  type Fault,
  type PageMessage,
  type ResultMessage,
  type WorkerMessage,
} from './protocol.ts'
import { timePasses } from '../onnx/time-passes.ts'
import { toEngineError } from './to-engine-error.ts'
import type { LoadOptions, WorkerModel } from './worker-model.ts'

type Payload<K extends CallKind> = Calls[K]['payload']
type LoadedRuntime = WorkerModel & { readonly runtime: OpenRuntime }

export interface ServiceOptions {
  readonly post: (message: WorkerMessage, transfer: Transferable[]) => void
  readonly load: (
    payload: Payload<'load'>,
    rest: Pick<LoadOptions, 'onProgress' | 'signal'>,
  ) => Promise<LoadedRuntime>
  readonly now: () => number
}

/** A device that is gone may reject the run a moment before it says so itself. */
const LOSS_GRACE_MS = 50

/** The worker's end of the wire: one model, one line of jobs, any number of runs that are pulled in turn. */
export function createWorkerService({ post, load, now }: ServiceOptions): (message: PageMessage) => void {
  const inTurn = createFifo()
  const aborts = new Map<number, AbortController>()
  const runs = new Map<number, { readonly steps: AsyncGenerator<RunStep>; readonly abort: AbortController }>()
  let model: LoadedRuntime | null = null
  let lost: string | null = null
  let onLost: (error: EngineError) => void = () => undefined

  function lossError(reason: string): EngineError {
    return { kind: 'device-lost', message: 'The graphics device was lost. Run again.', detail: reason }
  }

  function loaded(): LoadedRuntime {
    if (!model) throw new Error('The model must be loaded first.')
    return model
  }

  /** Fails as soon as the device is lost, whether or not the work notices. */
  async function onDevice<T>(work: () => Promise<T>): Promise<T> {
    if (lost !== null) throw lossError(lost)
    try {
      return await Promise.race([work(), new Promise<never>((_, reject) => (onLost = reject))])
    } catch (error) {
      if (model?.device.backend !== 'webgpu' || isEngineError(error)) throw error
      const reason = await Promise.race([
        model.runtime.lost,
        new Promise<null>((resolve) => setTimeout(resolve, LOSS_GRACE_MS, null)),
      ])
      throw reason === null ? error : lossError(reason)
    } finally {
      onLost = () => undefined
    }
  }

  async function loadNow(
    id: number,
    payload: Payload<'load'>,
    signal: AbortSignal,
  ): Promise<Calls['load']['result']> {
    model = await load(payload, {
      signal,
      onProgress: (progress) => post({ kind: 'progress', id, progress }, []),
    })
    void model.runtime.lost.then((reason) => {
      lost = reason
      onLost(lossError(reason))
    })
    const { card, device, notes, window, topK, answerLengths, pieces } = model
    return { model: { card, device, notes, window, topK, answerLengths }, pieces }
  }

  async function answer(message: CallMessage, signal: AbortSignal): Promise<[ResultMessage, Transferable[]]> {
    const { id } = message
    switch (message.kind) {
      case 'load': {
        const result = await loadNow(id, message.payload, signal)
        return [{ kind: 'load', id, result }, [result.pieces.bytes.buffer, result.pieces.offsets.buffer]]
      }
      case 'time': {
        const { passes } = message.payload
        return [
          { kind: 'time', id, result: await onDevice(() => timePasses(loaded(), loaded().canvas, passes)) },
          [],
        ]
      }
      case 'encode':
        return [{ kind: 'encode', id, result: loaded().encodeText(message.payload.text) }, []]
      case 'start': {
        const { request, from } = message.payload
        const abort = new AbortController()
        const steps = runSteps(loaded(), request, { signal: abort.signal, now, ...(from && { from }) })
        runs.set(id, { steps, abort })
        return [{ kind: 'start', id, result: null }, []]
      }
      case 'next': {
        const run = runs.get(message.payload.run)
        if (!run) throw CANCELLED
        const { value, done } = await onDevice(() => run.steps.next())
        if (done) throw CANCELLED
        return [{ kind: 'next', id, result: value }, transferables(value)]
      }
    }
  }

  async function serve(message: CallMessage, signal: AbortSignal): Promise<void> {
    try {
      if (signal.aborted) throw CANCELLED
      post(...(await answer(message, signal)))
    } catch (error) {
      post({ kind: 'failed', id: message.id, error: toEngineError(error) }, [])
    } finally {
      aborts.delete(message.id)
    }
  }

  function drop(id: number): void {
    const run = runs.get(id)
    runs.delete(id)
    run?.abort.abort()
    void inTurn(async () => void (await run?.steps.return(undefined)))
  }

  function inject(what: Fault): void {
    if (what === 'destroy-device') model?.runtime.destroyDevice()
    else
      setTimeout(() => {
        throw new Error('Fault injection: the worker crashes.')
      })
  }

  return (message) => {
    switch (message.kind) {
      case 'cancel':
        return aborts.get(message.payload.request)?.abort()
      case 'drop':
        return drop(message.payload.run)
      case 'fault':
        return inject(message.payload.what)
      default: {
        const abort = new AbortController()
        aborts.set(message.id, abort)
        void inTurn(() => serve(message, abort.signal))
      }
    }
  }
}
