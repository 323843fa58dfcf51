import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServingEnvironment } from './environment.ts'
import { freePort, startServer, type ServerProcess } from './server-process.ts'

export interface Triton extends ServerProcess {
  /** Where it says what it counted, as Prometheus reads it. */
  readonly metricsUrl: string
}

/** Triton with the shipped model repository, completed from the bundled weights, on this machine alone. */
export async function startTriton({ python, bin, triton }: ServingEnvironment): Promise<Triton> {
  const folder = mkdtempSync(join(tmpdir(), 'diffuscope-triton-'))
  const models = join(folder, 'models')
  const write = ['-m', 'diffuscope_serving.write_repository', '--out', models, 'diffuscope-small']
  const { status, stderr } = spawnSync(python, write, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The model repository could not be written. ${stderr}`)
  const [port, metricsPort] = [await freePort(), await freePort()]
  const server = await startServer({
    command: triton.server,
    options: [
      `--model-repository=${models}`,
      `--backend-directory=${triton.backends}`,
      '--http-address=127.0.0.1',
      `--http-port=${port}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${metricsPort}`,
      '--allow-grpc=false',
      '--exit-timeout-secs=10',
    ],
    environment: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, LD_LIBRARY_PATH: triton.libraries },
    url: `http://127.0.0.1:${port}`,
    log: join(folder, 'triton.log'),
  })
  return {
    ...server,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
