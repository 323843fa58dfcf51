import { expect, it } from 'vitest'
import { openModelCache } from './model-cache.ts'
import { removeStored, storedBytes } from './stored-models.ts'

function memoryCaches(): CacheStorage {
  const store = new Map<string, Response>()
  const urlOf = (key: string | Request) => (typeof key === 'string' ? key : key.url)
  const cache = {
    match: (key: string | Request) => Promise.resolve(store.get(urlOf(key))?.clone()),
    put: (key: string, response: Response) => Promise.resolve(void store.set(key, response)),
    delete: (key: string | Request) => Promise.resolve(store.delete(urlOf(key))),
    keys: () => Promise.resolve([...store.keys()].map((url) => ({ url }) as Request)),
  }
  return { open: () => Promise.resolve(cache) } as unknown as CacheStorage
}

it('tells the room that a model’s files take, and frees that of one model alone', async () => {
  const caches = memoryCaches()
  const environment = { caches } as Parameters<typeof openModelCache>[0]
  const cache = await openModelCache(environment, () => undefined)
  const [open, small] = ['https://page.example/models/open/', 'https://page.example/models/small/']
  await cache.put(`${open}weights-00.bin?sha256=a`, new Uint8Array(16))
  await cache.put(`${open}weights-01.bin?sha256=b`, new Uint8Array(5))
  await cache.put(`${open}manifest.json`, new Uint8Array(3))
  await cache.put(`${small}weights.bin?sha256=c`, new Uint8Array(7))
  expect(await storedBytes(open, caches)).toBe(21)
  await removeStored(open, caches)
  expect(await storedBytes(open, caches)).toBe(0)
  expect(await cache.get(`${open}manifest.json`)).toBeNull()
  expect(await storedBytes(small, caches)).toBe(7)
})

it('says that nothing is kept where storage is closed', async () => {
  const closed = { open: () => Promise.reject(new DOMException('closed')) } as unknown as CacheStorage
  expect(await storedBytes('https://page.example/models/open/', closed)).toBe(0)
  await removeStored('https://page.example/models/open/', undefined)
})
