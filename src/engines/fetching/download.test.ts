import { describe, expect, it } from 'vitest'
import type { DownloadEnvironment } from './download-environment.ts'
import { download } from './download.ts'
import type { Manifest } from '../model/manifest.ts'
import type { LoadProgress } from '../progress.ts'
import { sha256 } from './sha256.ts'

const BASE = 'https://page.example/models/small/'
const contents: Record<string, Uint8Array<ArrayBuffer>> = {
  'tokenizer.json': new Uint8Array(10).fill(1),
  'denoise.onnx': new Uint8Array(20).fill(2),
  'extend.onnx': new Uint8Array(30).fill(3),
  'weights.bin': new Uint8Array(1000).fill(4),
}
const entry = async (file: string) => ({
  file,
  bytes: contents[file]!.length,
  sha256: await sha256(contents[file]!, crypto.subtle),
})
const manifest = {
  tokenizer: await entry('tokenizer.json'),
  weights: await entry('weights.bin'),
  graphs: {
    denoise: [{ ...(await entry('denoise.onnx')), window: 8 }],
    extend: { ...(await entry('extend.onnx')), window: 8 },
  },
} as Manifest

/** The Cache API over a map. */
function memoryCaches(store = new Map<string, Uint8Array<ArrayBuffer>>()) {
  const urlOf = (key: string | Request) => (typeof key === 'string' ? key : key.url)
  const cache = {
    match: (key: string) => Promise.resolve(store.has(key) ? new Response(store.get(key)!) : undefined),
    async put(key: string, response: Response) {
      store.set(key, new Uint8Array(await response.arrayBuffer()))
    },
    delete: (key: string | Request) => Promise.resolve(store.delete(urlOf(key))),
    keys: () => Promise.resolve([...store.keys()].map((url) => ({ url }) as Request)),
  }
  return { store, cache, caches: { open: () => Promise.resolve(cache) } as unknown as CacheStorage }
}

function streamed(content: Uint8Array, after?: () => void): Response {
  const parts = [content.slice(0, content.length / 2), content.slice(content.length / 2)]
  return new Response(
    new ReadableStream({
      pull(controller) {
        const part = parts.shift()
        if (part) return controller.enqueue(part)
        after?.()
        controller.close()
      },
    }),
  )
}

const nameOf = (url: unknown) => String(url).split('/').at(-1)!

interface World extends DownloadEnvironment {
  readonly asked: string[]
}

function world(
  caches: CacheStorage | undefined,
  answer: (name: string, init: RequestInit, times: number) => Response | Promise<Response> = (name) =>
    streamed(contents[name]!),
  rest: Partial<DownloadEnvironment> = {},
): World {
  const asked: string[] = []
  return {
    asked,
    caches,
    subtle: crypto.subtle,
    online: () => true,
    stallMs: 1000,
    fetch: (async (url: unknown, init: RequestInit = {}) => {
      const name = nameOf(url)
      asked.push(name)
      return answer(name, init, asked.filter((one) => one === name).length)
    }) as typeof fetch,
    ...rest,
  }
}

const get = (
  environment: DownloadEnvironment,
  signal = new AbortController().signal,
  heard: LoadProgress[] = [],
) => download(BASE, manifest, environment, (progress) => heard.push(progress), signal)

/** A body that breaks after half its bytes, as a lost connection does. */
function cut(name: string): Response {
  return streamed(contents[name]!, () => {
    throw new TypeError('network error')
  })
}

describe('a download', () => {
  it('gives every file and tells the bytes as they come', async () => {
    const heard: LoadProgress[] = []
    const { bytes, notes } = await get(world(memoryCaches().caches), undefined, heard)
    expect([...bytes.keys()].sort()).toEqual(Object.keys(contents).sort())
    expect(bytes.get('weights.bin')).toEqual(contents['weights.bin'])
    expect(notes).toEqual([])
    const loaded = heard.map((progress) => (progress.phase === 'download' ? progress.loadedBytes : NaN))
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b))
    expect(loaded).toContain(560)
    expect(heard.at(-1)).toEqual({ phase: 'download', loadedBytes: 1060, totalBytes: 1060, cached: false })
  })

  it('takes nothing from the network that is kept already', async () => {
    const { caches } = memoryCaches()
    await get(world(caches))
    const heard: LoadProgress[] = []
    const second = world(caches, () => Promise.reject(new TypeError('no network')), { online: () => false })
    const { bytes } = await get(second, undefined, heard)
    expect(second.asked).toEqual([])
    expect(bytes.get('weights.bin')).toEqual(contents['weights.bin'])
    expect(heard.at(-1)).toMatchObject({ loadedBytes: 1060, cached: true })
  })

  it('replaces what is damaged in the cache, and drops files of an older model', async () => {
    const { caches, store } = memoryCaches()
    await get(world(caches))
    const key = [...store.keys()].find((url) => url.includes('weights.bin'))!
    store.get(key)![5] = 99
    store.set(`${BASE}weights.bin?sha256=old`, new Uint8Array(1))
    const second = world(caches)
    await get(second)
    expect(second.asked).toEqual(['weights.bin'])
    expect(store.get(key)![5]).toBe(4)
    expect(store.size).toBe(4)
  })

  it('tries once more when it is cut', async () => {
    const environment = world(memoryCaches().caches, (name, _, times) =>
      name === 'weights.bin' && times === 1 ? cut(name) : streamed(contents[name]!),
    )
    expect((await get(environment)).bytes.get('weights.bin')).toEqual(contents['weights.bin'])
    expect(environment.asked.filter((name) => name === 'weights.bin')).toHaveLength(2)
  })

  it('says what to do when it is cut again; the next attempt starts where files are missing', async () => {
    const { caches } = memoryCaches()
    let broken = true
    const answer = (name: string) =>
      broken && name === 'weights.bin' ? cut(name) : streamed(contents[name]!)
    await expect(get(world(caches, answer))).rejects.toMatchObject({
      kind: 'download-failed',
      message: expect.stringMatching(/weights\.bin.*run again/),
    })
    broken = false
    const second = world(caches, answer)
    await get(second)
    expect(second.asked).toEqual(['weights.bin'])
  })

  it('takes silence for a cut', async () => {
    const environment = world(memoryCaches().caches, () => new Promise(() => undefined), { stallMs: 20 })
    await expect(get(environment)).rejects.toMatchObject({ kind: 'download-failed' })
  })

  it('asks past the HTTP cache when the hash is wrong, and refuses a file that stays wrong', async () => {
    const wrong = contents['weights.bin']!.with(0, 77)
    const { caches, store } = memoryCaches()
    const asked: (string | undefined)[] = []
    const environment = world(caches, (name, { cache }) => {
      if (name === 'weights.bin') asked.push(cache)
      return streamed(name === 'weights.bin' ? wrong : contents[name]!)
    })
    await expect(get(environment)).rejects.toMatchObject({ kind: 'hash-mismatch' })
    expect(asked).toEqual(['default', 'reload'])
    expect([...store.keys()].some((key) => key.includes('weights.bin'))).toBe(false)
  })

  it('goes on from memory when the storage is full, and says so', async () => {
    const full = memoryCaches()
    full.cache.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    const { bytes, notes } = await get(world(full.caches))
    expect(bytes.size).toBe(4)
    expect(notes).toEqual([expect.stringMatching(/storage is full/)])
  })

  it('works at an address that is not secure, and says what it could not do', async () => {
    const { bytes, notes } = await get(world(undefined, undefined, { subtle: undefined }))
    expect(bytes.size).toBe(4)
    expect(notes.join(' ')).toMatch(/not be kept.*not be checked|not be checked.*not be kept/)
  })

  it('ends when it is cancelled', async () => {
    const stop = new AbortController()
    const environment = world(memoryCaches().caches, (name) => {
      if (name === 'weights.bin') stop.abort()
      return streamed(contents[name]!)
    })
    await expect(get(environment, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('knows that there is no network from a server that fails', async () => {
    const gone = () => Promise.reject(new TypeError('Failed to fetch'))
    await expect(get(world(memoryCaches().caches, gone, { online: () => false }))).rejects.toMatchObject({
      kind: 'offline',
    })
    await expect(
      get(world(memoryCaches().caches, () => new Response('', { status: 503 }))),
    ).rejects.toMatchObject({ kind: 'download-failed', message: expect.stringContaining('503') })
  })
})
