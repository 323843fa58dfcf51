import { CACHE_NAME } from './model-cache.ts'

/** Requests under a model's address that the browser keeps; none where its storage is closed. */
async function kept(address: string, caches: CacheStorage | undefined) {
  const cache = await caches?.open(CACHE_NAME).catch(() => undefined)
  const requests = (await cache?.keys().catch(() => [])) ?? []
  return { cache, requests: requests.filter(({ url }) => url.startsWith(address)) }
}

/**
 * Bytes of a model that this browser keeps.
 *
 * @param address of its folder, ending in a slash
 */
export async function storedBytes(
  address: string,
  caches: CacheStorage | undefined = globalThis.caches,
): Promise<number> {
  const { cache, requests } = await kept(address, caches)
  const files = requests.filter(({ url }) => url.includes('?sha256='))
  const sizes = files.map(async (request) => {
    const response = await cache?.match(request).catch(() => undefined)
    // Kept by an older page, which did not write lengths: read through.
    const length = response?.headers.get('Content-Length') ?? (await response?.blob())?.size
    return Number(length ?? 0)
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Frees the room that a model takes; what runs goes on, and a later load fetches it again. */
export async function removeStored(
  address: string,
  caches: CacheStorage | undefined = globalThis.caches,
): Promise<void> {
  const { cache, requests } = await kept(address, caches)
  await Promise.all(requests.map((request) => cache?.delete(request).catch(() => false)))
}
