import { lanesOf, type Upstream } from '../engines/remote/upstream.ts'
import type { Decoder, Trace } from '../trace/trace.ts'
import type { Places } from './recipe.ts'

/** Where the lanes of a run can run again, and what is not here for it. */
export interface FoundPlaces {
  readonly places: Places
  /** A sentence for every lane whose server or service this page does not offer; it runs on this device then. */
  readonly missing: readonly string[]
}

const NAMES: Readonly<Record<Decoder, string>> = {
  diffusion: 'diffusion lane',
  autoregressive: 'autoregressive lane',
}

/** Whether any lane was computed by a server or a service. */
export function ranElsewhere(traces: Readonly<Record<Decoder, Trace | null>>): boolean {
  return Object.values(traces).some((trace) => trace?.header.device.backend === 'remote')
}

/** For every lane that a server or a service computed, the upstream that has the same model. */
export function placesOf(
  traces: Readonly<Record<Decoder, Trace | null>>,
  offered: readonly Upstream[],
): FoundPlaces {
  const missing: string[] = []
  const find = (lane: Decoder): Upstream | null => {
    const header = traces[lane]?.header
    if (header?.device.backend !== 'remote') return null
    const wanted = header.model.name.toLowerCase()
    const found = offered.find(
      (upstream) => lanesOf(upstream).includes(lane) && upstream.model.toLowerCase() === wanted,
    )
    if (found === undefined) {
      missing.push(
        `The ${NAMES[lane]} was computed by ${header.model.name} (${header.device.label}), which no server or service of this page offers: it runs on this device instead and may answer otherwise.`,
      )
    }
    return found ?? null
  }
  return { places: { diffusion: find('diffusion'), autoregressive: find('autoregressive') }, missing }
}
