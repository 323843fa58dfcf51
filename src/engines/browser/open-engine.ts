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
  /** Milliseconds without a run after which two devices may be timed. */
  readonly restMs: number
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
  /** Opens the device that may be quicker; there where nobody has measured both. */
  readonly rival?: (signal: AbortSignal) => Promise<Rival>
}

/** A graphics processor that has been made ready behind a processor that already runs. */
export interface Rival {
  /** Times both and gives the one that is used from now on; the other is closed. Nothing may run meanwhile. */
  decide(): Promise<OpenEngine>
  /** Closes it undecided. */
  drop(): void
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

  async function open(backend: Backend, told = { onProgress, signal }): Promise<OpenEngine> {
    const link = openWorkerLink(around.startWorker(), around.silenceMs)
    try {
      const payload = { modelUrl, backend, threads: around.threads }
      return { link, ...(await link.call('load', payload, told).result) }
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
  async function onGpu(told?: Parameters<typeof open>[1]): Promise<OpenEngine | string> {
    try {
      return await open('webgpu', told)
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
    if (known === 'webgpu') {
      const gpu = await onGpu()
      if (typeof gpu === 'string') return onWasm(gpu)
      return withNotes(gpu, ['WebGPU was quicker than WASM when both were measured on this device.'])
    }
    const wasm = await open('wasm')
    const rival = async (signal: AbortSignal): Promise<Rival> => {
      const gpu = await onGpu({ onProgress: () => undefined, signal })
      if (typeof gpu === 'string') {
        return { decide: () => Promise.resolve(withNotes(wasm, [gpu])), drop: () => undefined }
      }
      const keep = (backend: Backend) => around.choices.set(key, backend)
      return { decide: () => quickerOf(wasm, gpu, keep), drop: () => gpu.link.close(RETIRED) }
    }
    const note = `Begun on the processor (WASM) while WebGPU (${adapter}) is made ready; the quicker one takes the next run.`
    return { ...withNotes(wasm, [note]), rival }
  }

  if (avoidGpu !== null) return onWasm(avoidGpu)
  const plan = await chooseDevice(wanted, around.gpu)
  signal.throwIfAborted()
  if (plan.kind === 'measure') return measured(plan.adapter)
  if (plan.backend === 'wasm') return onWasm(plan.reason)
  const gpu = await onGpu()
  return typeof gpu === 'string' ? onWasm(plan.reason, gpu) : withNotes(gpu, [plan.reason])
}

/** Times both devices; the quicker one stays. A GPU that fails meanwhile leaves the other. */
async function quickerOf(
  wasm: OpenEngine,
  gpu: OpenEngine,
  keep: (backend: Backend) => Promise<void>,
): Promise<OpenEngine> {
  const { signal } = new AbortController()
  const time = ({ link }: OpenEngine) => link.call('time', { passes: TIMED_PASSES }, { signal }).result
  try {
    const gpuMs = await time(gpu)
    const wasmMs = await time(wasm)
    const isGpu = gpuMs <= wasmMs
    const [quicker, other] = isGpu ? [gpu, wasm] : [wasm, gpu]
    await keep(isGpu ? 'webgpu' : 'wasm')
    other.link.close(RETIRED)
    return withNotes(quicker, [
      `Measured here: ${milliseconds(gpuMs)} a pass with WebGPU, ${milliseconds(wasmMs)} with WASM. The quicker one is used.`,
    ])
  } catch (error) {
    gpu.link.close(toEngineError(error))
    return withNotes(wasm, ['WebGPU failed while it was timed, so the model runs on the processor (WASM).'])
  }
}

/** Ends a worker that nobody needs. */
export const RETIRED: EngineError = { kind: 'cancelled', message: 'The engine was closed.' }

function withNotes(engine: OpenEngine, reasons: readonly string[]): OpenEngine {
  return { ...engine, model: { ...engine.model, notes: [...reasons, ...engine.model.notes] } }
}
