/** Whose a piece of work is: clients take turns, and so do the requests of one. */
export interface Party {
  readonly client: string
  readonly request: object
}

/** Clients that are remembered; who has not come for so many others comes first again. */
const MOST_CLIENTS = 1024

/** Who was served when, so that whoever waits takes turns. */
export interface Rotation {
  /** Of those that wait, in the order in which they came, whose turn it is; null where nobody waits. */
  first<Waiting extends Party>(waiting: readonly Waiting[]): Waiting | null
  note(party: Party): void
}

/** The client that was served longest ago, then of its requests the one that was; whoever is new comes before all. */
export function createRotation(): Rotation {
  const clients = new Map<string, number>()
  const requests = new WeakMap<object, number>()
  let turn = 0
  const lastOf = ({ client, request }: Party) =>
    [clients.get(client) ?? 0, requests.get(request) ?? 0] as const
  return {
    first(waiting) {
      let first: (typeof waiting)[number] | null = null
      for (const one of waiting) {
        if (first === null) {
          first = one
          continue
        }
        const [client, request] = lastOf(one)
        const [firstClient, firstRequest] = lastOf(first)
        if (client < firstClient || (client === firstClient && request < firstRequest)) first = one
      }
      return first
    },
    note({ client, request }) {
      turn++
      // Set anew, so that the map begins with whoever was not served for longest.
      clients.delete(client)
      clients.set(client, turn)
      requests.set(request, turn)
      if (clients.size > MOST_CLIENTS) clients.delete(clients.keys().next().value!)
    },
  }
}
