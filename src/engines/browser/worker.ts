import { browserEnvironment } from '../fetching/download-environment.ts'
import { fetchRuntime } from '../fetching/fetch-runtime.ts'
import { openRuntime } from './open-runtime.ts'
import type { PageMessage } from './protocol.ts'
import { loadModel } from './worker-model.ts'
import { createWorkerService } from './worker-service.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope

const now = () => performance.now()

const environment = browserEnvironment()

const serve = createWorkerService({
  post: (message, transfer) => scope.postMessage(message, transfer),
  load: ({ modelUrl, backend, threads }, { onProgress, signal }) =>
    loadModel({
      modelUrl,
      environment,
      open: () => openRuntime(backend, threads, (url) => fetchRuntime(url, environment, onProgress, signal)),
      onProgress,
      signal,
      now,
    }),
  now,
})

scope.onmessage = ({ data }: MessageEvent<PageMessage>) => serve(data)
