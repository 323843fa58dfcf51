import type { EngineError } from '../engine-error.ts'
import type { DownloadEnvironment } from './download-environment.ts'

export interface FetchOptions {
  readonly signal: AbortSignal
  /** Bytes that are expected; the buffer is allocated once. */
  readonly bytes: number
  /** Called with the bytes of this file that have come. */
  readonly onBytes: (loaded: number) => void
  /** `reload` passes by the browser's own HTTP cache. */
  readonly cache: RequestCache
}

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** Runs a wait that fails when nothing comes for `ms` milliseconds. */
export async function unlessStalled<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TypeError(`No byte came for ${ms} ms.`)), ms)
  })
  try {
    return await Promise.race([work, stalled])
  } finally {
    clearTimeout(timer)
  }
}

/** One attempt to fetch a file as a stream. Throws an `EngineError`; cancelled when the signal says so. */
export async function fetchBytes(
  url: string,
  { fetch, online, stallMs }: DownloadEnvironment,
  { signal, bytes, onBytes, cache }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = url.slice(url.lastIndexOf('/') + 1)
  let loaded = 0
  const stop = new AbortController()
  try {
    const request = fetch(url, { signal: AbortSignal.any([signal, stop.signal]), cache })
    const response = await unlessStalled(stallMs, request)
    if (!response.ok || !response.body) {
      throw {
        kind: 'download-failed',
        message: `The server answered ${response.status} when asked for ${name}: the download failed. Try again later, or tell whoever runs this page.`,
        detail: url,
      } satisfies EngineError
    }
    const content = new Uint8Array(bytes)
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await unlessStalled(stallMs, reader.read())
      signal.throwIfAborted()
      if (done) break
      if (loaded + value.length > bytes) throw new TypeError(`${name} is longer than its manifest says.`)
      content.set(value, loaded)
      loaded += value.length
      onBytes(loaded)
    }
    if (loaded < bytes) throw new TypeError(`${name} ended after ${loaded} of ${bytes} bytes.`)
    return content
  } catch (error) {
    stop.abort()
    if (signal.aborted)
      throw { kind: 'cancelled', message: 'The download was stopped.' } satisfies EngineError
    if (!(error instanceof TypeError)) throw error
    const what = online()
      ? `The download of ${name} was cut off after ${megabytes(loaded)} of ${megabytes(bytes)}. Check the connection, then run again: what is complete is kept.`
      : 'There is no network, and this model is not stored on this device yet. Run again when you are online.'
    throw {
      kind: online() ? 'download-failed' : 'offline',
      message: what,
      detail: `${url}: ${error.message}`,
    } satisfies EngineError
  }
}
