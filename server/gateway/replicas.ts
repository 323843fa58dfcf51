/** How long a replica that could not be reached is asked last, in milliseconds. */
const REST_MS = 5_000

export interface Replicas {
  /** Addresses in the order in which they should be tried. */
  order(): readonly string[]
  /** Notes that an address could not be reached. */
  failed(address: string): void
}

/** Takes turns over the replicas of an upstream; those that failed a moment ago come last. */
export function createReplicas(addresses: readonly string[], now: () => number): Replicas {
  const restUntil = new Map<string, number>()
  let turn = 0
  return {
    order() {
      const first = turn++ % addresses.length
      const round = [...addresses.slice(first), ...addresses.slice(0, first)]
      const rests = (address: string) => Number((restUntil.get(address) ?? -Infinity) > now())
      return round.sort((a, b) => rests(a) - rests(b))
    },
    failed(address) {
      restUntil.set(address, now() + REST_MS)
    },
  }
}
