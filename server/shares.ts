/** A stock that all clients take from, and that none can keep from the others. */
export interface Shares {
  /** Whether somebody who has nothing yet would get one. */
  hasRoom(): boolean
  /**
   * Takes an amount for a client; the returned function gives it back, once. Null where nobody has more than it would
   * have then.
   *
   * @param giveWay called where another client needs it more: the amount is taken back already
   */
  take(client: string, amount: number, giveWay: () => void): (() => void) | null
}

interface Holding {
  readonly giveBack: () => void
  readonly giveWay: () => void
}

/**
 * Where nothing is left, whoever has most gives its newest way to whoever has less: with all of it taken by few, the
 * next to come still finds some (max-min fairness, by preemption).
 */
export function createShares(total: number): Shares {
  const holdings = new Map<string, Set<Holding>>()
  const taken = new Map<string, number>()
  let left = total

  function richest(): string | undefined {
    let found: string | undefined
    for (const [client, amount] of taken) {
      if (found === undefined || amount > taken.get(found)!) found = client
    }
    return found
  }

  function hold(client: string, amount: number, giveWay: () => void): () => void {
    const its = holdings.get(client) ?? new Set()
    holdings.set(client, its)
    const giveBack = () => {
      if (!its.delete(holding)) return
      left += amount
      taken.set(client, taken.get(client)! - amount)
      if (its.size > 0) return
      holdings.delete(client)
      taken.delete(client)
    }
    const holding: Holding = { giveBack, giveWay }
    its.add(holding)
    left -= amount
    taken.set(client, (taken.get(client) ?? 0) + amount)
    return giveBack
  }

  return {
    hasRoom: () => left > 0 || [...taken.values()].some((amount) => amount > 1),
    take(client, amount, giveWay) {
      while (left < amount) {
        const rich = richest()
        if (rich === undefined || taken.get(rich)! <= (taken.get(client) ?? 0) + amount) return null
        const newest = [...holdings.get(rich)!].at(-1)!
        newest.giveBack()
        newest.giveWay()
      }
      return hold(client, amount, giveWay)
    },
  }
}
