import { answered } from '../answered.ts'
import type { Backend } from './choose-device.ts'

/** Remembers which device was quicker, so that it is measured once. */
export interface ChoiceStorage {
  get(key: string): Promise<Backend | null>
  set(key: string, backend: Backend): Promise<void>
}

const CACHE_NAME = 'diffuscope-devices'
/** Storage that is silent for longer remembers nothing, in milliseconds. */
const STORAGE_MS = 2000

/** Choices in the Cache API; where that is absent or closed, nothing is remembered. */
export function cachedChoices(caches: CacheStorage | undefined, address: string): ChoiceStorage {
  const urlOf = (key: string) => new URL(`?device-choice=${encodeURIComponent(key)}`, address).href
  const open = () => caches?.open(CACHE_NAME).catch(() => undefined)
  return {
    async get(key) {
      const read = async () => (await (await open())?.match(urlOf(key)))?.text()
      const text = await answered(read(), STORAGE_MS).catch(() => undefined)
      return text === 'webgpu' || text === 'wasm' ? text : null
    },
    async set(key, backend) {
      const write = async () => (await open())?.put(urlOf(key), new Response(backend))
      await answered(write(), STORAGE_MS).catch(() => undefined)
    },
  }
}
