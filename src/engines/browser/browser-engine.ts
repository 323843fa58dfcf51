import type { WantedDevice } from './choose-device.ts'
import { cachedChoices } from './device-choice.ts'
import type { Fault } from './protocol.ts'
import { wasmThreads } from './threads.ts'
import { createWorkerEngine, type BrowserEngine } from './worker-engine.ts'

export type { BrowserEngine } from './worker-engine.ts'

/** The slowest honest pass (a large canvas on a software GPU) takes seconds, a first compilation more. */
const SILENCE_MS = 60_000
/** Lanes of one comparison follow each other more quickly than this. */
const REST_MS = 500

const FAULTS: ReadonlySet<unknown> = new Set<Fault>(['destroy-device', 'worker-crash'])

/**
 * The engine of this page: the model runs in a worker, on WebGPU or on WASM.
 *
 * With `?faults=1` in the page's address, a `diffuscope-fault` event on the window whose `detail` is
 * `destroy-device` or `worker-crash` causes that fault: so tests see the real recovery.
 *
 * @param modelUrl the model's folder, relative to the page; nothing is fetched before `load` or `run`
 */
export function createBrowserEngine({
  modelUrl,
  device,
}: {
  readonly modelUrl: string
  readonly device: WantedDevice
}): BrowserEngine {
  const folder = new URL(modelUrl.endsWith('/') ? modelUrl : `${modelUrl}/`, document.baseURI).href
  const engine = createWorkerEngine(
    { modelUrl: folder, device },
    {
      startWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
      // Typed as always there; absent in browsers without WebGPU.
      gpu: navigator.gpu as GPU | undefined,
      threads: wasmThreads({
        isolated: crossOriginIsolated,
        cores: navigator.hardwareConcurrency,
        userAgent: navigator.userAgent,
        touchPoints: navigator.maxTouchPoints,
      }),
      choices: cachedChoices(globalThis.caches, folder),
      silenceMs: SILENCE_MS,
      restMs: REST_MS,
    },
  )
  if (new URLSearchParams(location.search).get('faults') === '1') {
    addEventListener('diffuscope-fault', (event) => {
      if (event instanceof CustomEvent && FAULTS.has(event.detail)) engine.inject(event.detail as Fault)
    })
  }
  return engine
}
