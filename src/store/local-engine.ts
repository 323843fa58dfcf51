import type { BrowserEngine } from '../engines/browser/browser-engine.ts'
import type { WantedDevice } from '../engines/browser/choose-device.ts'

/** An engine that has to be loaded before it runs; loading it again is free. */
export type LocalEngine = Pick<BrowserEngine, 'load' | 'run' | 'pieces' | 'dispose'>

/** Fetches the engine's code and creates one; nothing of it is requested before the first call. */
export type OpenEngine = (device: WantedDevice) => Promise<LocalEngine>

/**
 * Keeps one engine, so that running again needs no download. It recovers from failures by itself, and
 * remembers them; only another choice of device replaces it.
 */
export function keepEngine(open: OpenEngine): OpenEngine {
  let kept: { readonly device: WantedDevice; readonly engine: LocalEngine } | null = null
  return async (device) => {
    if (kept?.device === device) return kept.engine
    kept?.engine.dispose()
    kept = null
    const engine = await open(device)
    kept = { device, engine }
    return engine
  }
}
