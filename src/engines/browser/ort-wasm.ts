import * as ort from 'onnxruntime-web/wasm'
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { FetchRuntime, OpenRuntime } from './runtime.ts'

/** onnxruntime on the processor. */
export async function openWasm(threads: number, fetchRuntime: FetchRuntime): Promise<OpenRuntime> {
  await fetchRuntime(wasm)
  // Without both addresses a production build with threads waits for ever.
  ort.env.wasm.wasmPaths = { mjs, wasm }
  ort.env.wasm.numThreads = threads
  ort.env.logLevel = 'error'
  return {
    ort,
    sessionOptions: {
      executionProviders: ['wasm'],
      // A packed copy of a matrix is made beside it, and leaves a hole in a memory that never shrinks.
      extra: { session: { disable_prepacking: '1', intra_op: { allow_spinning: '0' } } },
    },
    cacheOnDevice: false,
    weightsByTensor: true,
    device: { backend: 'wasm', label: `WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, threads },
    lost: new Promise(() => undefined),
    destroyDevice: () => undefined,
  }
}
