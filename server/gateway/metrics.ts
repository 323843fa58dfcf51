import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly answers: Counter<'upstream' | 'status'>
  readonly failOvers: Counter<'upstream'>
  readonly inFlight: Gauge<'upstream'>
  readonly seconds: Histogram<'upstream' | 'part'>
  readonly refusals: Counter<'status'>
}

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]

/** What the gateway counts, for Prometheus. Labels come from the configuration, never from a client. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    answers: new Counter({
      name: 'diffuscope_gateway_answers_total',
      help: 'Answers to requests for an upstream, by the status that the client saw',
      labelNames: ['upstream', 'status'],
      registers,
    }),
    failOvers: new Counter({
      name: 'diffuscope_gateway_fail_overs_total',
      help: 'Requests that went to another replica because one could not be reached',
      labelNames: ['upstream'],
      registers,
    }),
    inFlight: new Gauge({
      name: 'diffuscope_gateway_in_flight',
      help: 'Requests on their way to an upstream, streams included',
      labelNames: ['upstream'],
      registers,
    }),
    seconds: new Histogram({
      name: 'diffuscope_gateway_seconds',
      help: 'Time until the head of an answer: in the gateway itself, and waiting for the upstream',
      labelNames: ['upstream', 'part'],
      buckets: SECONDS,
      registers,
    }),
    refusals: new Counter({
      name: 'diffuscope_gateway_refusals_total',
      help: 'Requests that the gateway answered itself with an error',
      labelNames: ['status'],
      registers,
    }),
  }
}

export async function sendMetrics({ registry }: Metrics, reply: FastifyReply): Promise<FastifyReply> {
  return reply.type(registry.contentType).send(await registry.metrics())
}

/** Serves the metrics alone, on a port that only those who collect them can reach. */
export function createMetricsServer(metrics: Metrics): FastifyInstance {
  const server = Fastify({ logger: false, requestTimeout: 10_000 })
  server.get('/metrics', (_request, reply) => sendMetrics(metrics, reply))
  return server
}
