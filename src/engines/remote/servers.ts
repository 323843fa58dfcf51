import type { LaneEngine } from '../engine.ts'
import { createChatEngine } from './chat/chat-engine.ts'
import { createGateway, type GatewayOptions, type Offer } from './gateway.ts'
import { createOipEngine, type HomeTokenizers } from './oip-engine.ts'
import { probe, type Health } from './probe.ts'
import type { Upstream } from './upstream.ts'

/** All that the page has to do with servers and services, behind its gateway. */
export interface Servers {
  list(signal: AbortSignal): Promise<Offer>
  /** The gateway's access token, kept in this tab alone. */
  setToken(token: string): void
  probe(upstream: Upstream, signal: AbortSignal): Promise<Health>
  /** An engine on an upstream, of which nothing is asked yet; `tell` gets a sentence while something is tried again. */
  open(upstream: Upstream, tell: (trouble: string | null) => void): LaneEngine
}

export interface ServersOptions extends GatewayOptions {
  /** Addresses of the tokenizers of the models that ship with the page. */
  readonly homeTokenizers: HomeTokenizers
  /** Absent where the address is not secure. */
  readonly subtle: SubtleCrypto | undefined
  readonly now: () => number
}

export function createServers({ homeTokenizers, subtle, now, ...options }: ServersOptions): Servers {
  const gateway = createGateway(options)
  return {
    list: (signal) => gateway.list(signal),
    setToken: (token) => gateway.setToken(token),
    probe: (upstream, signal) => probe(upstream, gateway, now, signal),
    open: (upstream, tell) =>
      upstream.protocol === 'oip'
        ? createOipEngine(upstream, { gateway, homeTokenizers, subtle, now, tell })
        : createChatEngine(upstream, { gateway, now }),
  }
}
