import { expect, it } from 'vitest'
import { answered } from './answered.ts'
import { cachedChoices } from './browser/device-choice.ts'
import { openModelCache } from './fetching/model-cache.ts'

const silent = () => new Promise<never>(() => undefined)

it('gives what a promise gives, and rejects where it stays silent', async () => {
  await expect(answered(Promise.resolve(7), 1000)).resolves.toBe(7)
  await expect(answered(Promise.reject(new Error('no')), 1000)).rejects.toThrow('no')
  await expect(answered(silent(), 5)).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('a Cache storage that never answers keeps no device and no model, and nobody waiting', async () => {
  const caches = { open: silent } as unknown as CacheStorage
  expect(await cachedChoices(caches, 'http://host/').get('key')).toBeNull()
  const notes: string[] = []
  const environment = { caches, fetch, online: () => true, stallMs: 1 }
  const cache = await openModelCache(environment, (note) => notes.push(note))
  expect(await cache.get('http://host/x')).toBeNull()
  expect(notes).toHaveLength(1)
})
