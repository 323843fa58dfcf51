import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeOnSignal } from './close-on-signal.ts'
import { CLIENT_HEADER } from './client-header.ts'
import { createServer } from './create-server.ts'
import {
  ConfigurationError,
  parseConfiguration,
  readConfiguration,
  REFERENCE_ID,
  type Configuration,
} from './gateway/configuration.ts'
import type { Upstream } from './gateway/configuration-schema.ts'
import { createMetrics, createMetricsServer } from './gateway/metrics.ts'
import { bundledModel } from './model-server/bundled-model.ts'
import { createModelServer } from './model-server/create-model-server.ts'

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

const { PORT, HOST, ISOLATED, LOG, GATEWAY_CONFIG } = process.env
const root = fileURLToPath(new URL('../dist', import.meta.url))
const port = Number(PORT ?? 4173)
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  stop(`PORT must be a number from 0 to 65535, not "${PORT}".`)
}
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
// Who runs it by a configuration wants to see what it does; who tries it in a terminal does not.
const level = LOG ?? (GATEWAY_CONFIG === undefined ? 'silent' : 'info')
if (!levels.includes(level)) stop(`LOG must be one of ${levels.join(', ')}, not "${LOG}".`)
if (!existsSync(root)) stop('There is no build yet. Run "npm start", or "npm run build" first.')

function configured(): Configuration {
  try {
    return GATEWAY_CONFIG === undefined
      ? parseConfiguration({}, process.env)
      : readConfiguration(GATEWAY_CONFIG, process.env)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const name = GATEWAY_CONFIG ?? 'the configuration'
    stop(
      `The gateway can't start with ${name}:\n${error.message}\nserver/gateway.example.json shows how it is written.`,
    )
  }
}

/** Serves the bundled model on a loopback port of its own, as any model server is reached. */
async function startReference() {
  // The other half is for the page, which may well be open on the same machine.
  const threads = Math.min(4, Math.max(1, availableParallelism() >> 1))
  const model = bundledModel(join(root, 'models', 'small'), threads)
  const server = createModelServer(model, ({ headers }) => String(headers[CLIENT_HEADER] ?? ''))
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const upstream: Upstream = {
    ...{ id: REFERENCE_ID, label: 'Reference model server', protocol: 'oip' },
    ...{ model: model.card.name, urls: [url], allowPrivate: true, key: null },
    decoders: model.card.decoders,
    tellsClients: true,
  }
  return { server, upstream }
}

const configuration = configured()
const reference = configuration.referenceServer ? await startReference() : null
const upstreams = [...(reference ? [reference.upstream] : []), ...configuration.upstreams]
const metrics = createMetrics()
const server = createServer({
  root,
  metrics,
  isolated: ISOLATED !== '0',
  gateway: { ...configuration, upstreams },
  logger: { level },
})
const { metricsPort } = configuration
const counting = metricsPort === undefined ? [] : [createMetricsServer(metrics)]
try {
  for (const one of counting) await one.listen({ port: metricsPort!, host: HOST ?? 'localhost' })
  await server.listen({ port, host: HOST ?? 'localhost' })
  const address = server.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  console.log(`Diffuscope is at http://localhost:${actual}`)
} catch (error) {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  stop(
    busy
      ? `Port ${port} is taken. Choose another: PORT=${port + 1} npm start`
      : `The server can't start: ${String(error)}`,
  )
}

closeOnSignal([server, ...counting, ...(reference ? [reference.server] : [])])
