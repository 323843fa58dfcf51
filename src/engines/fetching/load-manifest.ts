import * as v from 'valibot'
import { isEngineError, type EngineError } from '../engine-error.ts'
import type { DownloadEnvironment } from './download-environment.ts'
import { parseOpenManifest, type OpenManifest } from '../graph/open-manifest.ts'
import { ManifestSchema, type Manifest } from '../model/manifest.ts'
import { openModelCache } from './model-cache.ts'

/** Checks a parsed `manifest.json`. Throws an `EngineError` that names what is wrong with it. */
export function parseManifest(value: unknown): Manifest {
  const parsed = v.safeParse(ManifestSchema, value)
  if (parsed.success) return parsed.output
  throw {
    kind: 'unexpected',
    message:
      'The model’s manifest is not one that this version reads. Reload the page; if that does not help, the model has to be exported again.',
    detail: JSON.stringify(v.flatten(parsed.issues)),
  } satisfies EngineError
}

/** A manifest of either kind: with exported graphs, or of weights whose graph is written here. */
export type AnyManifest = Manifest | OpenManifest

/** The same by the version that the manifest says. */
function parseAny(value: unknown): AnyManifest {
  const isOpen = typeof value === 'object' && value !== null && 'version' in value && value.version === 2
  return isOpen ? parseOpenManifest(value) : parseManifest(value)
}

/**
 * The manifest of a model, from the network, or as it was last seen where there is none.
 *
 * @param modelUrl the model's folder, ending in a slash
 */
export async function loadManifest(
  modelUrl: string,
  environment: DownloadEnvironment,
  signal: AbortSignal,
): Promise<AnyManifest> {
  const url = new URL('manifest.json', modelUrl).href
  const cache = await openModelCache(environment, () => undefined)
  try {
    const stalled = AbortSignal.timeout(environment.stallMs)
    const response = await environment.fetch(url, {
      cache: 'no-cache',
      signal: AbortSignal.any([signal, stalled]),
    })
    if (!response.ok) {
      throw {
        kind: 'download-failed',
        message: `The server answered ${response.status} when asked for the model's manifest: the download failed. Try again later, or tell whoever runs this page.`,
        detail: url,
      } satisfies EngineError
    }
    const content = new Uint8Array(await response.arrayBuffer())
    const manifest = parseAny(parseJson(content))
    await cache.put(url, content)
    return manifest
  } catch (error) {
    if (signal.aborted)
      throw { kind: 'cancelled', message: 'The download was stopped.' } satisfies EngineError
    if (isEngineError(error)) throw error
    const kept = await cache.get(url)
    if (kept) return parseAny(parseJson(kept))
    const online = environment.online()
    throw {
      kind: online ? 'download-failed' : 'offline',
      message: online
        ? 'The model’s manifest could not be downloaded. Check the connection, then run again.'
        : 'There is no network, and this model is not stored on this device yet. Run again when you are online.',
      detail: `${url}: ${String(error)}`,
    } satisfies EngineError
  }
}

/** Parsed JSON; null where it is none, which no manifest is. */
function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    return null
  }
}
