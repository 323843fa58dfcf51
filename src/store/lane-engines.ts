import type { LaneEngine } from '../engines/engine.ts'
import type { WantedDevice } from '../engines/browser/choose-device.ts'
import type { ModelId } from '../engines/model/bundled-models.ts'
import type { Servers } from '../engines/remote/servers.ts'
import type { Upstream } from '../engines/remote/upstream.ts'

/** Fetches the engine's code and creates one; nothing of it is requested before the first call. */
export type OpenEngine = (device: WantedDevice, model: ModelId) => Promise<LaneEngine>

/** Fetches the code that servers and services need; nothing of it is requested before the first call. */
export type OpenServers = () => Promise<Servers>

/**
 * Keeps an engine of this device for each model, so that running again needs no download. It recovers from failures
 * by itself, and remembers them; only another choice of device replaces it.
 */
export function keepEngine(open: OpenEngine): OpenEngine {
  const all = new Map<ModelId, { readonly device: WantedDevice; readonly engine: LaneEngine }>()
  return async (device, model) => {
    const kept = all.get(model)
    if (kept?.device === device) return kept.engine
    kept?.engine.dispose()
    all.delete(model)
    const engine = await open(device, model)
    all.set(model, { device, engine })
    return engine
  }
}

/**
 * Keeps an engine for every upstream that was used, as it is configured now.
 *
 * @param tell is given a sentence while something is tried again
 */
export function keepRemotes(servers: OpenServers, tell: (trouble: string | null) => void) {
  const kept = new Map<string, LaneEngine>()
  return async (upstream: Upstream): Promise<LaneEngine> => {
    const key = JSON.stringify(upstream)
    const engine = kept.get(key) ?? (await servers()).open(upstream, tell)
    kept.set(key, engine)
    return engine
  }
}
