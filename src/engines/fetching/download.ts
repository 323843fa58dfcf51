import type { EngineError } from '../engine-error.ts'
import { isEngineError } from '../engine-error.ts'
import type { DownloadEnvironment } from './download-environment.ts'
import { fetchBytes } from './fetch-bytes.ts'
import type { AnyManifest } from './load-manifest.ts'
import { openModelCache, type ModelCache } from './model-cache.ts'
import type { LoadProgress } from '../progress.ts'
import { sha256 } from './sha256.ts'

export interface Downloaded {
  /** Contents by the manifest's file name. */
  readonly bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** Sentences about what could not be checked or kept. */
  readonly notes: readonly string[]
}

type FileEntry = AnyManifest['tokenizer']

/** All files of a model, each once. */
export function filesOf(manifest: AnyManifest): readonly FileEntry[] {
  if (!('graphs' in manifest)) return [manifest.config, manifest.tokenizer, ...manifest.weights]
  const { tokenizer, weights, graphs } = manifest
  return [tokenizer, ...graphs.denoise, graphs.extend, weights]
}

/** The cache's key of a file: new weights at the same address are another file. */
const keyOf = (url: string, { sha256: hash }: FileEntry) => `${url}?sha256=${hash}`

/**
 * The files of a model: from the cache where they are, from the network where they are not. A file counts
 * only when its sha256 is the manifest's; a cut or damaged download is tried once more.
 *
 * @param modelUrl the model's folder, ending in a slash
 * @param onProgress bytes of all files together
 * @throws EngineError `download-failed`, `hash-mismatch`, `offline` or `cancelled`
 */
export async function download(
  modelUrl: string,
  manifest: AnyManifest,
  environment: DownloadEnvironment,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<Downloaded> {
  const files = filesOf(manifest)
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const notes = new Set<string>()
  const cache = await openModelCache(environment, (note) => notes.add(note))
  if (!environment.subtle) {
    notes.add('This address is not secure (no https), so the model’s files could not be checked.')
  }
  const contents = new Map<string, Uint8Array<ArrayBuffer>>()
  let complete = 0
  let cached = true
  const report = (loaded: number) =>
    onProgress({ phase: 'download', loadedBytes: complete + loaded, totalBytes, cached })

  for (const file of files) {
    signal.throwIfAborted()
    const url = new URL(file.file, modelUrl).href
    let content = await fromCache(cache, keyOf(url, file), file, environment)
    if (!content) {
      cached = false
      report(0)
      content = await fromNetwork(url, file, environment, report, signal)
      await cache.put(keyOf(url, file), content)
    }
    contents.set(file.file, content)
    complete += file.bytes
    report(0)
  }
  await cache.keepOnly(
    modelUrl,
    files.map((file) => keyOf(new URL(file.file, modelUrl).href, file)),
  )
  return { bytes: contents, notes: [...notes] }
}

async function intact(
  content: Uint8Array<ArrayBuffer>,
  file: FileEntry,
  { subtle }: DownloadEnvironment,
): Promise<boolean> {
  return !subtle || (await sha256(content, subtle)) === file.sha256
}

async function fromCache(
  cache: ModelCache,
  key: string,
  file: FileEntry,
  environment: DownloadEnvironment,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const content = await cache.get(key)
  if (!content) return null
  if (content.length === file.bytes && (await intact(content, file, environment))) return content
  await cache.drop(key)
  return null
}

async function fromNetwork(
  url: string,
  file: FileEntry,
  environment: DownloadEnvironment,
  onBytes: (loaded: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const attempt = async (cache: RequestCache) => {
    const content = await fetchBytes(url, environment, { signal, bytes: file.bytes, onBytes, cache })
    if (await intact(content, file, environment)) return content
    throw {
      kind: 'hash-mismatch',
      message: `The file ${file.file} is damaged: its sha256 is not the one that the model's manifest expects. Reload the page, then run again.`,
      detail: `${url}, expected ${file.sha256}`,
    } satisfies EngineError
  }
  try {
    return await attempt('default')
  } catch (error) {
    if (!isEngineError(error) || (error.kind !== 'download-failed' && error.kind !== 'hash-mismatch'))
      throw error
    return attempt('reload')
  }
}
