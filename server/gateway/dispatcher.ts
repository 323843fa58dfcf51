import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { Agent } from 'undici'
import { isPublicAddress } from './public-address.ts'

/** A name that resolves to an address where this upstream may not be. */
export class PrivateAddressError extends Error {}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name and refuses it if any of its addresses is private. The connection is made to the very addresses
 * that were judged, so a name can't change its mind in between.
 */
function publicLookup(hostname: string, options: LookupOptions, found: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || first === undefined) return found(error ?? new Error(`${hostname} has no address`), [])
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return found(new PrivateAddressError(`${hostname} resolves to a private address`), [])
    }
    if (options.all === true) found(null, addresses)
    else found(null, first.address, first.family)
  })
}

/** What requests to upstreams go through. Redirects are not followed: undici does so only where it is asked to. */
export function createDispatcher({ allowPrivate }: { readonly allowPrivate: boolean }): Agent {
  return new Agent({
    connections: 512,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    connect: { timeout: 3_000, ...(!allowPrivate && { lookup: publicLookup as never }) },
  })
}
