import * as ort from 'onnxruntime-web/webgpu'
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import { adapterName } from './choose-device.ts'
import type { FetchRuntime, OpenRuntime } from './runtime.ts'

/** Those that onnxruntime's kernels are written to; the defaults are the least of all devices. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const

/**
 * onnxruntime on the GPU, on a device of our own. Without the feature `subgroups`: with it attention is
 * wrong on some adapters.
 */
export async function openWebGpu(fetchRuntime: FetchRuntime): Promise<OpenRuntime> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new Error('WebGPU has no adapter in a worker.')
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('shader-f16') ? ['shader-f16'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  })
  await fetchRuntime(wasm)
  ort.env.wasm.wasmPaths = { mjs, wasm }
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'error'
  return {
    ort,
    sessionOptions: { executionProviders: [{ name: 'webgpu', device }], logSeverityLevel: 3 },
    cacheOnDevice: true,
    weightsByTensor: true,
    device: { backend: 'webgpu', label: `WebGPU, ${adapterName(adapter.info)}` },
    lost: device.lost.then(({ message }) => message || 'no reason given'),
    destroyDevice: () => device.destroy(),
  }
}
