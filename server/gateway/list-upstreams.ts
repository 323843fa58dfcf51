import type { Upstream } from './configuration-schema.ts'

/** What the page is told of the upstreams: never a key, never an address. */
export function listUpstreams(upstreams: readonly Upstream[]): unknown {
  return {
    version: 1,
    upstreams: upstreams.map((upstream) => {
      const { id, label, protocol, model } = upstream
      if (upstream.protocol === 'oip') {
        const { urls, decoders } = upstream
        return { id, label, protocol, model, replicas: urls.length, ...(decoders && { decoders }) }
      }
      const { dialect, family, request, omit } = upstream
      return {
        id,
        label,
        protocol,
        dialect,
        model,
        family,
        ...(request && { request }),
        ...(omit && { omit }),
      }
    }),
  }
}
