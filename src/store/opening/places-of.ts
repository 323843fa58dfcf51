import { lanesOf, type Upstream } from '../../engines/remote/upstream.ts'
import type { Comparison, Lane } from '../../share/comparison.ts'

/** Where the lanes of a comparison can run again, and what is not here for it. */
export interface FoundPlaces {
  /** By lane id; a lane that is not among them runs on this device. */
  readonly places: Readonly<Record<string, Upstream>>
  /** A sentence for every lane whose server or service this page does not offer; it runs on this device then. */
  readonly missing: readonly string[]
}

function isRemote({ trace }: Lane): boolean {
  return trace?.header.device.backend === 'remote'
}

/** Whether any lane was computed by a server or a service. */
export function ranElsewhere({ lanes }: Comparison): boolean {
  return lanes.some(isRemote)
}

/** For every lane that a server or a service computed, the upstream that has the same model. */
export function placesOf({ lanes }: Comparison, offered: readonly Upstream[]): FoundPlaces {
  const places: Record<string, Upstream> = {}
  const missing: string[] = []
  for (const lane of lanes.filter(isRemote)) {
    const { model, device } = lane.trace!.header
    const wanted = model.name.toLowerCase()
    const found = offered.find(
      (upstream) => lanesOf(upstream).includes(lane.decoder) && upstream.model.toLowerCase() === wanted,
    )
    if (found !== undefined) places[lane.id] = found
    else {
      missing.push(
        `The ${lane.name.toLowerCase()} lane was computed by ${model.name} (${device.label}), which no server or service of this page offers: it runs on this device instead and may answer otherwise.`,
      )
    }
  }
  return { places, missing }
}
