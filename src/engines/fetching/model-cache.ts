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
  const cache = await caches?.open(CACHE_NAME).catch(() => undefined)
  if (!cache) {
    onNote(FULL)
    return NOTHING
  }
  return {
    async get(key) {
      const found = await cache.match(key).catch(() => undefined)
      return found ? new Uint8Array(await found.arrayBuffer()) : null
    },
    async put(key, content) {
      await cache.put(key, new Response(content)).catch(() => onNote(FULL))
    },
    async drop(key) {
      await cache.delete(key).catch(() => false)
    },
    async keepOnly(address, keys) {
      const stale = (await cache.keys().catch(() => [])).filter(
        ({ url }) => url.startsWith(address) && url.includes('?sha256=') && !keys.includes(url),
      )
      await Promise.all(stale.map((request) => cache.delete(request).catch(() => false)))
    },
  }
}
