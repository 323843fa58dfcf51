import type { Upstream as Listed } from '../../src/engines/remote/upstream.ts'
import type { Upstream } from './configuration-schema.ts'

/** What the page is told of the upstreams: never a key, never an address. */
export function listUpstreams(upstreams: readonly Upstream[]): {
  readonly version: 1
  readonly upstreams: readonly Listed[]
} {
  return {
    version: 1,
    upstreams: upstreams.map((upstream): Listed => {
      const { id, label, model } = upstream
      if (upstream.protocol === 'oip') {
        const { protocol, urls, decoders } = upstream
        return { id, label, protocol, model, replicas: urls.length, ...(decoders && { decoders }) }
      }
      const { protocol, dialect, family, request, omit } = upstream
      return {
        ...{ id, label, protocol, dialect, model, family },
        ...(request && { request }),
        ...(omit && { omit }),
      }
    }),
  }
}
