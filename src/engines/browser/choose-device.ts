/** What a person may ask for: `auto` lets the engine choose; the others are kept to where possible. */
export type WantedDevice = 'auto' | 'webgpu' | 'wasm'

export type Backend = 'webgpu' | 'wasm'

/** Which device to try, with the reason as a sentence. */
export type DevicePlan =
  | { readonly kind: 'fixed'; readonly backend: Backend; readonly reason: string }
  /** A real GPU: only the clock tells whether a model this small is quicker there. */
  | { readonly kind: 'measure'; readonly adapter: string }

/** Software adapters do not always say so in `isFallbackAdapter`. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i

/** A browser that is asked for an adapter while its GPU process restarts may never answer. */
const ADAPTER_MS = 5_000

const NAMES: Readonly<Record<string, string>> = { nvidia: 'NVIDIA', amd: 'AMD', arm: 'ARM' }

/** An adapter in words, for example "NVIDIA ampere". */
export function adapterName({ description, vendor, architecture }: GPUAdapterInfo): string {
  const maker = NAMES[vendor] ?? vendor.charAt(0).toUpperCase() + vendor.slice(1)
  return description || [maker, architecture].filter(Boolean).join(' ') || 'unnamed GPU'
}

function isSoftware({ info }: GPUAdapter): boolean {
  return info.isFallbackAdapter || SOFTWARE.test(`${info.vendor} ${info.architecture} ${info.description}`)
}

async function findAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ADAPTER_MS, null)))
  try {
    return await Promise.race([gpu.requestAdapter({ powerPreference: 'high-performance' }), late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Where the model should run. WebGPU only on a real adapter, except where it is asked for.
 *
 * @param gpu `navigator.gpu`, absent in browsers without WebGPU
 */
export async function chooseDevice(wanted: WantedDevice, gpu: GPU | undefined): Promise<DevicePlan> {
  const wasm = (reason: string): DevicePlan => ({
    kind: 'fixed',
    backend: 'wasm',
    reason: `${reason}, so the model runs on the processor (WASM).`,
  })
  if (wanted === 'wasm') return wasm('WASM was asked for')
  if (!gpu) return wasm('This browser has no WebGPU')
  const adapter = await findAdapter(gpu)
  if (!adapter) return wasm('WebGPU found no graphics processor here')
  const name = adapterName(adapter.info)
  if (wanted === 'webgpu') {
    return { kind: 'fixed', backend: 'webgpu', reason: `WebGPU was asked for: ${name}.` }
  }
  if (isSoftware(adapter)) return wasm(`The only WebGPU adapter is software (${name}), slower than WASM`)
  return { kind: 'measure', adapter: name }
}
