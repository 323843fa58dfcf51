import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../client-of.ts'
import { createShares } from '../shares.ts'
import type { Configuration } from './configuration.ts'
import { Refusal } from './refusal.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a request carries the gateway's access token; compared in constant time. */
export function checkToken(token: string | null): (request: FastifyRequest) => Promise<void> {
  const expected = token === null ? null : digest(`Bearer ${token}`)
  return async ({ headers }) => {
    if (expected === null || timingSafeEqual(digest(headers.authorization ?? ''), expected)) return
    throw new Refusal(401, 'This gateway needs an access token. Enter the one that its operator gave you.')
  }
}

/**
 * Refuses what another site makes a visitor's browser ask: names that were bound to this address by a stranger
 * (DNS rebinding), and requests that begin on a page of another origin.
 */
export function checkOrigin({
  hosts,
}: Pick<Configuration, 'hosts'>): (request: FastifyRequest) => Promise<void> {
  return async ({ headers }) => {
    const name = hostName(headers.host)
    if (name === null || !(isIP(name) !== 0 || name === 'localhost' || hosts.includes(name))) {
      throw new Refusal(
        421,
        'This gateway does not answer to that name. Whoever runs it can add the name to "hosts".',
      )
    }
    const site = headers['sec-fetch-site']
    const origin = headers.origin === undefined ? null : (originHost(headers.origin) ?? '')
    // A browser that says no more (of an address without TLS) names the origin with its port, as it does the host.
    const isOurs =
      site === undefined
        ? origin === null || origin === headers.host || hosts.includes(hostName(origin) ?? '')
        : ['same-origin', 'none'].includes(String(site))
    if (!isOurs)
      throw new Refusal(403, 'This gateway answers to its own page only, not to one of another site.')
  }
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** The name or address of a `Host` header without its port; null where it is none. */
function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null
  const { hostname, pathname, username } = new URL(`http://${host}`)
  return pathname === '/' && username === '' ? hostname.replace(/^\[|\]$/g, '') : null
}

/** Counts what is on its way, by client and together. */
export interface Turnstile {
  /**
   * Lets a client in, or throws a `Refusal`; the returned function lets it out, once.
   *
   * @param giveWay called where its place is needed for somebody who has fewer
   */
  enter(client: string, giveWay: (refusal: Refusal) => void): () => void
  /** Whether somebody who comes now is let in. */
  hasRoom(): boolean
}

export function createTurnstile(perClient: number, together: number): Turnstile {
  const inside = new Map<string, number>()
  const places = createShares(together)
  const full = () => new Refusal(503, 'Too many people are here right now. Try again soon.', 2)
  return {
    enter(client, giveWay) {
      const its = inside.get(client) ?? 0
      if (its >= perClient) {
        throw new Refusal(
          429,
          `At most ${perClient} requests at once. Wait until one of yours is answered.`,
          1,
        )
      }
      const leave = places.take(client, 1, () => giveWay(full()))
      if (leave === null) throw full()
      inside.set(client, its + 1)
      let isOut = false
      return () => {
        if (isOut) return
        isOut = true
        leave()
        const left = (inside.get(client) ?? 1) - 1
        if (left > 0) inside.set(client, left)
        else inside.delete(client)
      }
    },
    hasRoom: places.hasRoom,
  }
}

/** Closes connections of a client that has too many open: slow ones would hold the server's for ever. */
export function limitConnections(most: number): (socket: Socket) => void {
  const open = new Map<string, number>()
  return (socket) => {
    const address = clientOf(socket.remoteAddress ?? '')
    const its = (open.get(address) ?? 0) + 1
    open.set(address, its)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
    if (its > most) socket.destroy()
  }
}
