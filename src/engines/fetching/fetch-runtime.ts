import type { EngineError } from '../engine-error.ts'
import type { DownloadEnvironment } from './download-environment.ts'
import { megabytes, unlessStalled } from './fetch-bytes.ts'
import type { LoadProgress } from '../progress.ts'

/** Progress is told this often, in bytes. */
const TELL_EVERY = 250_000

/**
 * Reads a file of the runtime through, so that the browser's HTTP cache holds it. onnxruntime fetches it
 * by itself but says nothing meanwhile and waits for ever on a line that is dead.
 *
 * @throws EngineError `download-failed`, `offline` or `cancelled`
 */
export async function fetchRuntime(
  url: string,
  { fetch, online, stallMs }: DownloadEnvironment,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController()
  let loaded = 0
  let told = 0
  try {
    const request = fetch(url, { signal: AbortSignal.any([signal, stop.signal]), cache: 'force-cache' })
    const response = await unlessStalled(stallMs, request)
    if (!response.ok || !response.body) throw new TypeError(`The server answered ${response.status}.`)
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await unlessStalled(stallMs, reader.read())
      signal.throwIfAborted()
      if (done) return
      loaded += value.length
      if (loaded - told < TELL_EVERY) continue
      told = loaded
      onProgress({ phase: 'compile', what: `the runtime, ${megabytes(loaded)}` })
    }
  } catch (error) {
    stop.abort()
    throw runtimeError(error, online(), signal)
  }
}

/** What a person can do when the runtime does not come. */
export function runtimeError(error: unknown, online: boolean, signal: AbortSignal): unknown {
  if (signal.aborted) return { kind: 'cancelled', message: 'The download was stopped.' } satisfies EngineError
  if (!(error instanceof TypeError)) return error
  return {
    kind: online ? 'download-failed' : 'offline',
    message: online
      ? 'The download of the runtime was cut off. Check the connection, then run again.'
      : 'There is no network, and the runtime is not stored on this device yet. Run again when you are online.',
    detail: error.message,
  } satisfies EngineError
}
