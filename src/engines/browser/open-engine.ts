import type { EngineError } from '../engine-error.ts'
import { chooseDevice, type Backend, type WantedDevice } from './choose-device.ts'
import type { ChoiceStorage } from './device-choice.ts'
import type { LoadedModel, LoadProgress } from '../progress.ts'
import type { Calls } from './protocol.ts'
import { toEngineError } from './to-engine-error.ts'
import { openWorkerLink, type WorkerLike, type WorkerLink } from './worker-link.ts'

/** What an engine needs of the page around it. */
export interface Surroundings {
  readonly startWorker: () => WorkerLike
  /** `navigator.gpu`; absent in browsers without WebGPU. */
  readonly gpu: GPU | undefined
  readonly threads: number
  readonly choices: ChoiceStorage
  /** Milliseconds of silence after which a worker counts as crashed. */
  readonly silenceMs: number
}

export interface OpenOptions {
  /** The model's folder as an absolute address, ending in a slash. */
  readonly modelUrl: string
  readonly wanted: WantedDevice
  /** A reason to stay away from the GPU, as a sentence. */
  readonly avoidGpu: string | null
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
}

/** A worker with its model. */
export interface OpenEngine {
  readonly link: WorkerLink
  readonly model: LoadedModel
  readonly pieces: Calls['load']['result']['pieces']
}

/** Warm passes that a device is timed with. */
const TIMED_PASSES = 3

/** Failures that another device would not mend. */
const NOT_THE_DEVICE: ReadonlySet<EngineError['kind']> = new Set<EngineError['kind']>([
  'cancelled',
  'download-failed',
  'hash-mismatch',
  'offline',
])

const milliseconds = (ms: number) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`

/** Chooses a device, starts a worker on it and loads the model there; falls back to WASM and says why. */
export async function openEngine(options: OpenOptions, around: Surroundings): Promise<OpenEngine> {
  const { modelUrl, wanted, avoidGpu, onProgress, signal } = options

  async function open(backend: Backend): Promise<OpenEngine> {
    const link = openWorkerLink(around.startWorker(), around.silenceMs)
    try {
      const payload = { modelUrl, backend, threads: around.threads }
      return { link, ...(await link.call('load', payload, { signal, onProgress }).result) }
    } catch (error) {
      const failure = toEngineError(error)
      link.close(failure)
      throw failure
    }
  }

  async function onWasm(...reasons: string[]): Promise<OpenEngine> {
    return withNotes(await open('wasm'), reasons)
  }

  /** The GPU's failure as a sentence where WASM can go on instead; otherwise it is thrown. */
  async function onGpu(): Promise<OpenEngine | string> {
    try {
      return await open('webgpu')
    } catch (error) {
      const failure = toEngineError(error)
      if (NOT_THE_DEVICE.has(failure.kind)) throw failure
      return failure.kind === 'self-check-failed'
        ? 'WebGPU computed this model wrongly here, so it runs on the processor (WASM).'
        : `WebGPU did not work here (${failure.detail?.split('\n')[0] ?? failure.message}), so the model runs on the processor (WASM).`
    }
  }

  async function measured(adapter: string): Promise<OpenEngine> {
    const key = `${modelUrl} ${adapter} ${around.threads}`
    const known = await around.choices.get(key)
    if (known === 'wasm')
      return onWasm('WASM was quicker than WebGPU when both were measured on this device.')
    const gpu = await onGpu()
    if (typeof gpu === 'string') return onWasm(gpu)
    if (known) return withNotes(gpu, ['WebGPU was quicker than WASM when both were measured on this device.'])
    let wasm: OpenEngine | null = null
    try {
      wasm = await open('wasm')
      const time = ({ link }: OpenEngine) => link.call('time', { passes: TIMED_PASSES }, { signal }).result
      const gpuMs = await time(gpu)
      const wasmMs = await time(wasm)
      const [quicker, other]: [OpenEngine, OpenEngine] = gpuMs <= wasmMs ? [gpu, wasm] : [wasm, gpu]
      await around.choices.set(key, gpuMs <= wasmMs ? 'webgpu' : 'wasm')
      other.link.close(RETIRED)
      return withNotes(quicker, [
        `Measured here: ${milliseconds(gpuMs)} a pass with WebGPU, ${milliseconds(wasmMs)} with WASM. The quicker one is used.`,
      ])
    } catch (error) {
      const failure = toEngineError(error)
      gpu.link.close(failure)
      if (wasm && !wasm.link.closed && !NOT_THE_DEVICE.has(failure.kind)) {
        return withNotes(wasm, [
          'WebGPU failed while it was timed, so the model runs on the processor (WASM).',
        ])
      }
      wasm?.link.close(failure)
      throw failure
    }
  }

  if (avoidGpu !== null) return onWasm(avoidGpu)
  const plan = await chooseDevice(wanted, around.gpu)
  signal.throwIfAborted()
  if (plan.kind === 'measure') return measured(plan.adapter)
  if (plan.backend === 'wasm') return onWasm(plan.reason)
  const gpu = await onGpu()
  return typeof gpu === 'string' ? onWasm(plan.reason, gpu) : withNotes(gpu, [plan.reason])
}

/** Ends a worker that nobody needs. */
export const RETIRED: EngineError = { kind: 'cancelled', message: 'The engine was closed.' }

function withNotes(engine: OpenEngine, reasons: readonly string[]): OpenEngine {
  return { ...engine, model: { ...engine.model, notes: [...reasons, ...engine.model.notes] } }
}
