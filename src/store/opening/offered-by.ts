import type { Upstream } from '../../engines/remote/upstream.ts'
import type { OpenServers } from '../lane-engines.ts'

/** Longer than this nobody waits for a list, in milliseconds. */
const LIST_MS = 10_000

/** What the gateway offers now; nothing where there is none, or it does not let us. */
export async function offeredBy(servers: OpenServers): Promise<readonly Upstream[]> {
  try {
    const offer = await (await servers()).list(AbortSignal.timeout(LIST_MS))
    return offer.kind === 'offered' ? offer.upstreams : []
  } catch {
    return []
  }
}
