import * as v from 'valibot'
import type { Upstream } from './upstream.ts'
import { UpstreamSchema } from './upstream-schema.ts'

/** What the gateway of this page offers. */
export type Offer =
  /** A static host: there is no gateway, and nothing is wrong. */
  | { readonly kind: 'none' }
  /** The gateway asks for its access token; `refused` where the one that was given is wrong. */
  | { readonly kind: 'locked'; readonly refused: boolean }
  | {
      readonly kind: 'offered'
      readonly upstreams: readonly Upstream[]
      /** Entries that this version of the page can't read. */
      readonly unreadable: number
    }
  | { readonly kind: 'failed'; readonly message: string }

/** The way to the gateway on the page's own origin. */
export interface Gateway {
  /** Address of an upstream's path, for example `v2`. */
  address(upstream: Pick<Upstream, 'id'>, path: string): string
  /** `fetch` with the access token, if there is one. */
  readonly fetch: typeof fetch
  list(signal: AbortSignal): Promise<Offer>
  /** Keeps the token in this tab alone; an empty one takes it away. */
  setToken(token: string): void
}

export interface GatewayOptions {
  /** The page's address; the gateway's paths stand beside it. */
  readonly base: string
  readonly fetch: typeof fetch
  /** What lives as long as the tab; null where the browser has none: then the token lasts until a reload. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
}

const KEY = 'diffuscope-gateway-token'

const OfferSchema = v.object({ version: v.literal(1), upstreams: v.array(v.unknown()) })

export function createGateway({ base, fetch, storage }: GatewayOptions): Gateway {
  let inMemory = ''
  const token = () => storage?.getItem(KEY) ?? inMemory

  const withToken: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    if (token() !== '') headers.set('authorization', `Bearer ${token()}`)
    return fetch(input, { cache: 'no-store', ...init, headers })
  }

  return {
    address: ({ id }, path) => new URL(`upstreams/${encodeURIComponent(id)}/${path}`, base).href,
    fetch: withToken,
    async list(signal) {
      let response: Response
      try {
        response = await withToken(new URL('api/upstreams', base), { signal, redirect: 'error' })
      } catch (error) {
        if (signal.aborted) throw error
        return {
          kind: 'failed',
          message: 'The gateway of this page does not answer, so no server can be offered now.',
        }
      }
      if (response.status === 401) return { kind: 'locked', refused: token() !== '' }
      if (response.status === 404) return { kind: 'none' }
      if (!response.ok) {
        return {
          kind: 'failed',
          message: `The gateway of this page answers ${response.status}, so no server can be offered now.`,
        }
      }
      const answer: unknown = await response.json().catch(() => null)
      const parsed = v.safeParse(OfferSchema, answer)
      // A static host that answers every address with its page has no gateway either.
      if (answer === null) return { kind: 'none' }
      if (!parsed.success) {
        return {
          kind: 'failed',
          message:
            'The gateway is of another version than this page. Reload the page, or update the gateway.',
        }
      }
      const read = parsed.output.upstreams.map((entry) => v.safeParse(UpstreamSchema, entry))
      const upstreams = read.flatMap((entry) => (entry.success ? [entry.output] : []))
      return { kind: 'offered', upstreams, unreadable: read.length - upstreams.length }
    },
    setToken(given) {
      inMemory = given
      try {
        if (given === '') storage?.removeItem(KEY)
        else storage?.setItem(KEY, given)
      } catch {
        // Without storage the token lasts until the page is left.
      }
    },
  }
}
