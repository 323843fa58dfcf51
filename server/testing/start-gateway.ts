import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { createServer } from '../create-server.ts'
import { parseConfiguration } from '../gateway/configuration.ts'
import { createMetrics } from '../gateway/metrics.ts'

export interface StartedGateway {
  readonly url: string
  readonly port: number
  readonly server: FastifyInstance
  /** What it has counted, as Prometheus reads it. */
  metrics(): Promise<string>
  close(): Promise<void>
}

interface StartOptions {
  readonly logger?: FastifyServerOptions['logger']
  /** Folder of the page; one with nothing on it if left out. */
  readonly root?: string
}

/** A page with nothing on it. */
function emptySite(): string {
  const root = mkdtempSync(join(tmpdir(), 'diffuscope-'))
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  return root
}

/** A gateway on a loopback port of its own, with a configuration as the file would hold it. */
export async function startGateway(
  configuration: Record<string, unknown>,
  environment: NodeJS.ProcessEnv = {},
  { logger = false, root = emptySite() }: StartOptions = {},
): Promise<StartedGateway> {
  const gateway = parseConfiguration({ referenceServer: false, ...configuration }, environment)
  const metrics = createMetrics()
  const server = createServer({ root, isolated: true, gateway, metrics, logger })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    ...{ url, server, port: Number(new URL(url).port) },
    metrics: () => metrics.registry.metrics(),
    async close() {
      const closed = server.close()
      server.server.closeAllConnections()
      await closed
    },
  }
}

/** An entry of a model server on the loopback. */
export const oipEntry = (urls: readonly string[], more: Record<string, unknown> = {}) => ({
  ...{ id: 'small', label: 'Small model', protocol: 'oip', model: 'diffuscope-tiny', allowPrivate: true },
  urls,
  ...more,
})

/** An entry of a service on the loopback. */
export const chatEntry = (url: string, more: Record<string, unknown> = {}) => ({
  ...{ id: 'chat', label: 'Chat service', protocol: 'openai', model: 'played', allowPrivate: true },
  ...{ url: `${url}/v1`, dialect: 'append', family: 'autoregressive' },
  ...more,
})
