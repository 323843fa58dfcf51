import { answered } from '../answered.ts'
import type { DownloadEnvironment } from './download-environment.ts'

const CACHE_NAME = 'diffuscope-models'

/** Storage that may be full, forbidden or absent: it then keeps nothing and says so once. */
export interface ModelCache {
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>
  put(key: string, content: Uint8Array<ArrayBuffer>): Promise<void>
  drop(key: string): Promise<void>
  /** Drops everything under an address that is not among the keys: files of an older model. */
  keepOnly(address: string, keys: readonly string[]): Promise<void>
}

const FULL =
  'The browser’s storage is full or closed to this page, so the model could not be kept: the next visit downloads it again.'

/** Storage that is silent for longer keeps nothing, in milliseconds: reading and writing take as long as a disk does. */
const OPEN_MS = 3000
const FILE_MS = 20_000

const NOTHING: ModelCache = {
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  drop: () => Promise.resolve(),
  keepOnly: () => Promise.resolve(),
}

/** The browser's cache of model files; `onNote` hears a sentence where nothing can be kept. */
export async function openModelCache(
  { caches }: DownloadEnvironment,
  onNote: (note: string) => void,
): Promise<ModelCache> {
  const opening = caches === undefined ? undefined : answered(caches.open(CACHE_NAME), OPEN_MS)
  const cache = await opening?.catch(() => undefined)
  if (!cache) {
    onNote(FULL)
    return NOTHING
  }
  return {
    async get(key) {
      const read = async () => (await cache.match(key))?.arrayBuffer()
      const found = await answered(read(), FILE_MS).catch(() => undefined)
      return found ? new Uint8Array(found) : null
    },
    async put(key, content) {
      await answered(cache.put(key, new Response(content)), FILE_MS).catch(() => onNote(FULL))
    },
    async drop(key) {
      await answered(cache.delete(key), FILE_MS).catch(() => false)
    },
    async keepOnly(address, keys) {
      const stale = (await answered(cache.keys(), FILE_MS).catch(() => [])).filter(
        ({ url }) => url.startsWith(address) && url.includes('?sha256=') && !keys.includes(url),
      )
      await Promise.all(stale.map((request) => cache.delete(request).catch(() => false)))
    },
  }
}
