/**
 * Two replicas of the reference server as processes of their own; in the middle of each run one of them is killed.
 * Every run goes through the gateway and must give the tokens of a run here.
 *
 *   npm run kill-replicas [-- RUNS]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { openOipModel } from '../src/engines/remote/oip-client.ts'
import { remoteModel } from '../src/engines/remote/remote-model.ts'
import { runAll } from '../server/testing/remote-run.ts'
import { oipEntry, startGateway } from '../server/testing/start-gateway.ts'
import { untilReady } from './conformance/suite.ts'

const FOLDER = fileURLToPath(new URL('../e2e/models/tiny', import.meta.url))
const MAIN = fileURLToPath(new URL('../server/model-server/main.ts', import.meta.url))
const NAME = 'diffuscope-tiny'
const runs = Number(process.argv[2] ?? 100)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

interface Replica {
  readonly port: number
  readonly url: string
  process: ChildProcess
}

function start(port: number): ChildProcess {
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1', THREADS: '1' }
  return spawn(process.execPath, ['--import', 'tsx', MAIN, FOLDER], { env, stdio: 'ignore' })
}

async function open(): Promise<Replica> {
  const port = await freePort()
  return { port, url: `http://127.0.0.1:${port}`, process: start(port) }
}

/** Waits until a process listens and its model is loaded. */
async function ready({ url }: Replica): Promise<void> {
  for (;;) {
    try {
      return await untilReady(url, NAME)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const replicas = [await open(), await open()] as const
process.on('exit', () => replicas.forEach((replica) => replica.process.kill('SIGKILL')))
const local = loadNodeModel(FOLDER, { threads: 1 })
const tokenizer = { sha256: local.manifest.tokenizer.sha256, encode: local.tokenizer.encode }
const right = await runAll(local)
await Promise.all(replicas.map(ready))

const gateway = await startGateway({
  limits: { requestsPerMinute: 1e9 },
  upstreams: [oipEntry(replicas.map(({ url }) => url))],
})
const signal = new AbortController().signal
const options = { url: `${gateway.url}/upstreams/small`, model: NAME, fetch, firstWaitMs: 20 }
const around = { topK: local.manifest.topK, signal }
const model = remoteModel(await openOipModel(options, signal), tokenizer, around)

let same = 0
for (let run = 0; run < runs; run++) {
  await Promise.all(replicas.map(ready))
  const victim = replicas[run % 2]!
  const at = 1 + (run % (right.steps.length - 1))
  const outcome = await runAll(model, {
    onStep(done) {
      if (done === at) victim.process.kill('SIGKILL')
    },
  })
  if (isDeepStrictEqual(outcome, right)) same++
  else console.log(`run ${run}, killed after step ${at}: ${JSON.stringify(outcome)}`)
  victim.process = start(victim.port)
  if ((run + 1) % 10 === 0) console.log(`${same} of ${run + 1} so far`)
}
console.log(`${same} of ${runs} runs gave the same tokens, with a replica killed in the middle of each`)
process.exit(same === runs ? 0 : 1)
