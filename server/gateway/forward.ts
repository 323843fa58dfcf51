import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'
import type { Limits, Upstream } from './configuration-schema.ts'
import { CLIENT_HEADER, disguise } from '../client-header.ts'
import { createDispatcher } from './dispatcher.ts'
import { retryAfter } from '../../src/engines/remote/retry-after.ts'
import { exchange, type Asked } from './exchange.ts'
import { guardBody, withoutSecret } from './guard-body.ts'
import type { Metrics } from './metrics.ts'
import { hideAddresses } from './hide-addresses.ts'
import { readComplaint } from './read-complaint.ts'
import { Refusal, UpstreamRefusal } from './refusal.ts'
import { createReplicas } from './replicas.ts'
import { serverTiming } from './server-timing.ts'
import { watchStalls } from './stalls.ts'
import type { Visits } from './visits.ts'

/** What of an answer's head comes back: nothing else does. */
const ANSWER_HEADERS = ['content-length', 'inference-header-content-length', 'retry-after']

/** Types that may reach the page; whatever else an upstream sends arrives as plain text, and no browser runs it. */
const TYPES = ['application/json', 'application/octet-stream', 'text/event-stream']

/** Passes one request on and answers it; resolves when the answer's head is out. Throws a `Refusal`. */
type Forward = (
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Pick<Asked, 'method' | 'path' | 'body' | 'headers'>,
) => Promise<FastifyReply>

export interface Forwarder {
  readonly forward: Forward
  close(): Promise<void>
}

/** What passes requests on to one upstream, with its key. */
export function createForwarder(
  upstream: Upstream,
  limits: Limits,
  metrics: Metrics,
  visits: Visits,
): Forwarder {
  const { id, label, key } = upstream
  const now = () => performance.now()
  const dispatcher = createDispatcher({
    allowPrivate: upstream.allowPrivate,
    keepAlive: upstream.protocol === 'oip',
  })
  const stalls = watchStalls(now)
  const addresses = upstream.protocol === 'oip' ? upstream.urls : [upstream.url]
  const replicas = createReplicas(addresses, now)
  const options = {
    ...{ dispatcher, replicas, stalls, label, now },
    silentMs: limits.silentSeconds * 1000,
    onFailOver: () => metrics.failOvers.inc({ upstream: id }),
  }

  async function forward(...[request, reply, asked]: Parameters<Forward>): Promise<FastifyReply> {
    const { client, begun, gone, onOver } = visits.of(request)
    const tooLong = setTimeout(
      () => gone.abort(new Refusal(504, `${label} took too long. Try again later.`)),
      limits.answerSeconds * 1000,
    )
    metrics.inFlight.inc({ upstream: id })
    onOver(() => {
      clearTimeout(tooLong)
      metrics.inFlight.dec({ upstream: id })
    })

    const { statusCode, headers, ...answered } = await exchange(
      {
        ...asked,
        headers: {
          ...asked.headers,
          'accept-encoding': 'identity',
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(upstream.tellsClients === true && { [CLIENT_HEADER]: disguise(client) }),
        },
        idempotent: upstream.protocol === 'oip',
      },
      options,
      gone.signal,
    )
    const upstreamMs = answered.waitedMs
    const gatewayMs = now() - begun - upstreamMs
    metrics.seconds.observe({ upstream: id, part: 'upstream' }, upstreamMs / 1000)
    metrics.seconds.observe({ upstream: id, part: 'gateway' }, gatewayMs / 1000)
    void reply.header('Server-Timing', serverTiming({ gatewayMs, upstreamMs }, headers['server-timing']))
    return sendAnswer(reply, { statusCode, headers, body: answered.body })
  }

  async function sendAnswer(
    reply: FastifyReply,
    { statusCode, headers, body }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>,
  ): Promise<FastifyReply> {
    for (const name of ANSWER_HEADERS) {
      const value = headers[name]
      if (typeof value === 'string') void reply.header(name, withoutSecret(value, key))
    }
    void reply.header('X-Accel-Buffering', 'no')
    if (statusCode >= 200 && statusCode < 300) {
      const coding = String(headers['content-encoding'] ?? 'identity')
      const length = Number(headers['content-length'] ?? 0)
      if (coding !== 'identity' || length > limits.answerBytes) {
        discard(body)
        throw new Refusal(502, `${label} answered in a form or length that is not passed on.`)
      }
      const [type = ''] = String(headers['content-type'] ?? '').split(';')
      const known = TYPES.find((one) => one === type.trim().toLowerCase())
      return reply
        .code(statusCode)
        .type(known ?? 'text/plain; charset=utf-8')
        .send(guarded(body))
    }
    for (const name of ANSWER_HEADERS) reply.removeHeader(name)
    if (statusCode > 599 || statusCode < 200) {
      discard(body)
      throw new Refusal(502, `${label} answered with a status that is none: ${statusCode}.`)
    }
    if (statusCode < 400) {
      discard(body)
      throw new Refusal(502, `${label} answered with a redirect, and none is followed.`)
    }
    const words = hideAddresses(withoutSecret(await readComplaint(body), key), addresses)
    if (statusCode === 401 || statusCode === 403) {
      throw new Refusal(
        502,
        `${label} does not accept this gateway's key. Whoever runs the gateway must look at it.`,
      )
    }
    // The page cannot see the upstream's clock, so a date goes on as seconds.
    const wait = retryAfter({ get: (name) => String(headers[name] ?? '') })
    throw new UpstreamRefusal(
      statusCode,
      words === '' ? `${label} answered with status ${statusCode}.` : words,
      wait,
    )
  }

  /** Where the upstream breaks off, so does the answer: a client sees a cut and not an end. */
  function guarded(body: Readable): Readable {
    const guard = guardBody({ secret: key, limit: limits.answerBytes })
    return pipeline(body, guard, () => undefined)
  }

  return {
    forward,
    close() {
      stalls.stop()
      return dispatcher.close()
    },
  }
}

/** Lets an answer go that nobody will read; that it then breaks off is no news. */
function discard(body: Readable): void {
  body.on('error', () => undefined).destroy()
}
