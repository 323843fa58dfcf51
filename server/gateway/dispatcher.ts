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

interface DispatcherOptions {
  readonly allowPrivate: boolean
  /**
   * Whether connections are used again. A peer may close one just as a request leaves on it: what may not be asked
   * twice then needs a connection of its own.
   */
  readonly keepAlive: boolean
}

/** What requests to upstreams go through. Redirects are not followed: undici does so only where it is asked to. */
export function createDispatcher({ allowPrivate, keepAlive }: DispatcherOptions): Agent {
  return new Agent({
    connections: 512,
    pipelining: keepAlive ? 1 : 0,
    keepAliveTimeout: 10_000,
    connect: { timeout: 3_000, ...(!allowPrivate && { lookup: publicLookup as never }) },
  })
}
