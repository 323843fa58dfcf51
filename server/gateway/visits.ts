import { performance } from 'node:perf_hooks'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { whenOver } from '../answers-of-connections.ts'
import { clientOf } from '../client-of.ts'
import { Refusal } from './refusal.ts'

/** One request on its way through the gateway. */
interface Visit {
  readonly client: string
  /** When it came, in milliseconds of `performance.now`. */
  readonly begun: number
  /** Aborts, with a `Refusal` as its reason, where its answer is not waited for or not worked at any more. */
  readonly gone: AbortController
  /** Calls back when its answer is out, or not waited for any more. */
  onOver(left: () => void): void
}

export interface Visits {
  begin(request: FastifyRequest, reply: FastifyReply): void
  /** The visit of a request that has begun. */
  of(request: FastifyRequest): Visit
}

export function createVisits(): Visits {
  const visits = new WeakMap<FastifyRequest, Visit>()
  return {
    begin(request, reply) {
      const gone = new AbortController()
      const onOver = (left: () => void) => whenOver(reply.raw, left)
      visits.set(request, { client: clientOf(request.ip), begun: performance.now(), gone, onOver })
      onOver(() => {
        if (!reply.raw.writableFinished) gone.abort(new Refusal(499, 'The client has left.'))
      })
    },
    of: (request) => visits.get(request)!,
  }
}
