import type { Device } from '../../trace/trace.ts'
import type { Backend } from './choose-device.ts'
import { fetchCode } from './fetch-code.ts'
import type { Runtime } from './sessions.ts'

/** A runtime on its device. */
export interface OpenRuntime extends Runtime {
  readonly device: Device
  /** Resolves when the device is gone; never on WASM. */
  readonly lost: Promise<string>
  /** Takes the device away, as a crashed driver would: for tests of faults. */
  destroyDevice(): void
}

/** Brings a file of the runtime into the browser's HTTP cache. */
export type FetchRuntime = (url: string) => Promise<void>

/** Starts onnxruntime. Only the build that is used is fetched. A worker opens one runtime in its life. */
export async function openRuntime(
  backend: Backend,
  threads: number,
  fetchRuntime: FetchRuntime,
): Promise<OpenRuntime> {
  if (backend === 'webgpu') return (await fetchCode(import('./ort-webgpu.ts'))).openWebGpu(fetchRuntime)
  return (await fetchCode(import('./ort-wasm.ts'))).openWasm(threads, fetchRuntime)
}
