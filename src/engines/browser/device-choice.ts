import type { Backend } from './choose-device.ts'

/** Remembers which device was quicker, so that it is measured once. */
export interface ChoiceStorage {
  get(key: string): Promise<Backend | null>
  set(key: string, backend: Backend): Promise<void>
}

const CACHE_NAME = 'diffuscope-devices'

/** Choices in the Cache API; where that is absent or closed, nothing is remembered. */
export function cachedChoices(caches: CacheStorage | undefined, address: string): ChoiceStorage {
  const urlOf = (key: string) => new URL(`?device-choice=${encodeURIComponent(key)}`, address).href
  const open = () => caches?.open(CACHE_NAME).catch(() => undefined)
  return {
    async get(key) {
      const found = await (await open())?.match(urlOf(key)).catch(() => undefined)
      const text = await found?.text()
      return text === 'webgpu' || text === 'wasm' ? text : null
    },
    async set(key, backend) {
      await (await open())?.put(urlOf(key), new Response(backend)).catch(() => undefined)
    },
  }
}
