import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, type ServingEnvironment } from './environment.ts'
import { freePort, startServer, type ServerProcess } from './server-process.ts'

/** MLServer with the bundled model, on this machine alone. */
export async function startMlServer({ bin }: ServingEnvironment): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'diffuscope-mlserver-'))
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()]
  const server = await startServer({
    command: join(bin, 'mlserver'),
    options: ['start', join(ROOT, 'deploy', 'mlserver')],
    // It keeps files of its own where it runs.
    folder,
    environment: {
      MLSERVER_HOST: '127.0.0.1',
      MLSERVER_HTTP_PORT: String(http),
      MLSERVER_GRPC_PORT: String(grpc),
      MLSERVER_METRICS_PORT: String(metrics),
      MLSERVER_PARALLEL_WORKERS: '0',
    },
    url: `http://127.0.0.1:${http}`,
    log: join(folder, 'mlserver.log'),
  })
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
