import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { DownloadEnvironment } from './download-environment.ts'
import { fetchRuntime } from './fetch-runtime.ts'
import { loadManifest } from './load-manifest.ts'
import type { LoadProgress } from '../progress.ts'

const text = readFileSync(new URL('../../../e2e/models/tiny/manifest.json', import.meta.url), 'utf8')
const live = () => new AbortController().signal

function world(answer: () => Promise<Response>, online = true) {
  const store = new Map<string, Response>()
  const cache = {
    match: (key: string) => Promise.resolve(store.get(key)?.clone()),
    put: (key: string, response: Response) => Promise.resolve(void store.set(key, response)),
  }
  const environment: DownloadEnvironment = {
    fetch: answer as typeof fetch,
    caches: { open: () => Promise.resolve(cache) } as unknown as CacheStorage,
    subtle: crypto.subtle,
    online: () => online,
    stallMs: 30,
  }
  return { environment, store }
}

const load = (environment: DownloadEnvironment) =>
  loadManifest('https://page.example/models/tiny/', environment, live())

it('reads the manifest that the exporter writes', async () => {
  const manifest = await load(world(() => Promise.resolve(new Response(text))).environment)
  expect(manifest).toMatchObject({ version: 1, name: 'diffuscope-tiny', shift: 1 })
})

it('goes on with the manifest of the last visit when there is no network', async () => {
  const first = world(() => Promise.resolve(new Response(text)))
  await load(first.environment)
  const gone = () => Promise.reject(new TypeError('Failed to fetch'))
  expect(await load({ ...first.environment, fetch: gone, online: () => false })).toMatchObject({ version: 1 })
})

it.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), false, 'offline'],
  ['a line that is cut', () => Promise.reject(new TypeError('Failed to fetch')), true, 'download-failed'],
  ['an answer of 404', () => Promise.resolve(new Response('', { status: 404 })), true, 'download-failed'],
  ['a page instead', () => Promise.resolve(new Response('<!doctype html>')), true, 'unexpected'],
  ['another version', () => Promise.resolve(new Response('{"version": 2}')), true, 'unexpected'],
])('says what to do about %s', async (_, answer, online, kind) => {
  await expect(load(world(answer, online).environment)).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(/again|Reload/),
  })
})

it('tells how much of the runtime has come, and does not wait on a dead line', async () => {
  const heard: LoadProgress[] = []
  const listen = (progress: LoadProgress) => void heard.push(progress)
  const url = 'https://page.example/assets/runtime.wasm'
  const whole = world(() => Promise.resolve(new Response(new Uint8Array(300_000))))
  await fetchRuntime(url, whole.environment, listen, live())
  expect(heard.at(-1)).toEqual({ phase: 'compile', what: 'the runtime, 0.3 MB' })
  const dead = world(() => new Promise(() => undefined))
  await expect(fetchRuntime(url, dead.environment, listen, live())).rejects.toMatchObject({
    kind: 'download-failed',
  })
})
