import { expect, it } from 'vitest'
import { chooseDevice } from './choose-device.ts'
import { wasmThreads } from './threads.ts'

function gpu(info: Partial<GPUAdapterInfo> | null): GPU {
  const whole = { vendor: '', architecture: '', description: '', isFallbackAdapter: false, ...info }
  return { requestAdapter: () => Promise.resolve(info && { info: whole }) } as unknown as GPU
}

const ampere = gpu({ vendor: 'nvidia', architecture: 'ampere' })
const software = gpu({ vendor: 'google', architecture: 'swiftshader' })
const fallback = gpu({ vendor: 'microsoft', isFallbackAdapter: true })

it.each([
  ['no WebGPU', undefined, /no WebGPU/],
  ['no adapter', gpu(null), /no graphics processor/],
  ['an adapter that calls itself a fallback', fallback, /software \(Microsoft\)/],
  ['an adapter with the name of a software one', software, /software \(Google swiftshader\)/],
  [
    'a request that fails',
    { requestAdapter: () => Promise.reject(new Error('off')) } as unknown as GPU,
    /no graphics/,
  ],
])('%s means WASM, with the reason', async (_, gpuOfPage, reason) => {
  expect(await chooseDevice('auto', gpuOfPage)).toEqual({
    kind: 'fixed',
    backend: 'wasm',
    reason: expect.stringMatching(reason),
  })
})

it('measures on a real GPU', async () => {
  expect(await chooseDevice('auto', ampere)).toEqual({ kind: 'measure', adapter: 'NVIDIA ampere' })
})

it('keeps to a wish: WASM beside a GPU, WebGPU in software', async () => {
  expect(await chooseDevice('wasm', ampere)).toMatchObject({ backend: 'wasm' })
  expect(await chooseDevice('webgpu', software)).toMatchObject({ kind: 'fixed', backend: 'webgpu' })
})

it('does not invent a GPU that was wished for', async () => {
  expect(await chooseDevice('webgpu', gpu(null))).toMatchObject({ backend: 'wasm' })
})

const desktop = { isolated: true, cores: 16, userAgent: 'Macintosh', touchPoints: 0 }

it.each([
  ['isolated', desktop, 4],
  ['two cores', { ...desktop, cores: 2 }, 2],
  ['not isolated', { ...desktop, isolated: false }, 1],
  ['iPhone', { ...desktop, userAgent: 'iPhone' }, 1],
  ['iPad, which says it is a Mac', { ...desktop, touchPoints: 5 }, 1],
])('threads: %s', (_, facts, threads) => {
  expect(wasmThreads(facts)).toBe(threads)
})
