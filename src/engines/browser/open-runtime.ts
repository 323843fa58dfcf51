import type { Backend } from './choose-device.ts'
import { fetchCode } from '../fetching/fetch-code.ts'
import type { FetchRuntime, OpenRuntime } from './runtime.ts'

/** Starts onnxruntime. Only the build that is used is fetched. A worker opens one runtime in its life. */
export async function openRuntime(
  backend: Backend,
  threads: number,
  fetchRuntime: FetchRuntime,
): Promise<OpenRuntime> {
  if (backend === 'webgpu') return (await fetchCode(import('./ort-webgpu.ts'))).openWebGpu(fetchRuntime)
  return (await fetchCode(import('./ort-wasm.ts'))).openWasm(threads, fetchRuntime)
}
