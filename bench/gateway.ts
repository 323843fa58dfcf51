/**
 * What the gateway adds to a step, and how many steps the reference server gives to 1, 8 and 32 runs at once.
 * Direct and through the gateway turn by turn in one process, so that the difference holds on a noisy machine.
 *
 *   npm run bench:gateway [-- MODEL_FOLDER]
 */
import { availableParallelism, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { openOipModel, type OipModel } from '../src/engines/remote/oip-client.ts'
import { remoteModel } from '../src/engines/remote/remote-model.ts'
import { stepInputs } from '../src/engines/remote/step-request.ts'
import { STEP_OUTPUTS } from '../src/engines/remote/step-tensors.ts'
import { bundledModel } from '../server/model-server/bundled-model.ts'
import { createModelServer } from '../server/model-server/create-model-server.ts'
import { runAll } from '../server/testing/remote-run.ts'
import { serve } from '../src/engines/remote/testing/serve.ts'
import { oipEntry, startGateway } from '../server/testing/start-gateway.ts'
import { writeResult } from './report.ts'

const ROUNDS = 400
const WARM = 40
const POSITIONS = 16
const CONCURRENT = [1, 8, 32]

const folder = process.argv[2] ?? fileURLToPath(new URL('../public/models/small', import.meta.url))
const model = bundledModel(folder, 2)
const { card } = model
await model.warmUp()
const server = createModelServer(model)
const url = await server.listen({ port: 0, host: '127.0.0.1' })

/** The same answer again and again: what is left is the way. */
const recorded = await (async () => {
  const { inputs } = await prepared(url)
  const body = JSON.stringify({
    inputs: inputs.map(({ name, datatype, shape, data }) => ({
      ...{ name, datatype, shape },
      data: Array.from(data as ArrayLike<number | bigint>, Number),
    })),
    parameters: { binary_data_output: true },
  })
  const answer = await fetch(`${url}/v2/models/${card.name}/infer`, { method: 'POST', body })
  return { headers: Object.fromEntries(answer.headers), bytes: Buffer.from(await answer.arrayBuffer()) }
})()
const player = await serve((request, response) => {
  if (request.url?.endsWith('/infer') !== true) {
    void fetch(`${url}${request.url}`).then(async (answer) => response.end(await answer.text()))
    return
  }
  request.resume()
  const { 'content-type': type, 'inference-header-content-length': length } = recorded.headers
  request.on('end', () =>
    response
      .writeHead(200, { 'content-type': type, 'inference-header-content-length': length })
      .end(recorded.bytes),
  )
})
const gateway = await startGateway({
  limits: { requestsPerMinute: 1e9, concurrent: 1000 },
  upstreams: [
    oipEntry([url], { id: 'model', model: card.name }),
    oipEntry([player.url], { id: 'played', model: card.name }),
  ],
})

async function prepared(base: string) {
  const opened = await openOipModel({ url: base, model: card.name, fetch, retries: 0 }, live())
  const ids = [
    ...card.template.before,
    ...Array.from({ length: 20 }, (_, at) => 9 + at),
    ...card.template.after,
  ]
  const masks = Array<number>(64).fill(card.vocabulary.mask)
  return { opened, inputs: stepInputs(opened, [...ids, ...masks], 8) }
}

function live(): AbortSignal {
  return new AbortController().signal
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))]!

async function overhead(what: string, direct: string, through: string): Promise<string[][]> {
  const ways = [await prepared(direct), await prepared(through)]
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < WARM + ROUNDS; round++) {
    // Whoever comes first changes from round to round.
    for (const way of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const { opened, inputs } = ways[way]!
      const begun = performance.now()
      await opened.infer(inputs, STEP_OUTPUTS, live())
      if (round >= WARM) times[way]!.push(performance.now() - begun)
    }
  }
  return [0.05, 0.5, 0.95].map((share) => {
    const [straight, around] = times.map((values) => quantile(values, share)) as [number, number]
    return [
      `${what}, p${share * 100}`,
      `${straight.toFixed(2)} ms`,
      `${around.toFixed(2)} ms`,
      `${(around - straight).toFixed(2)} ms`,
      (around / straight).toFixed(3),
    ]
  })
}

interface Counts {
  readonly inference_count: number
  readonly execution_count: number
}

async function counts(): Promise<Counts> {
  const answer = await fetch(`${url}/v2/models/${card.name}/stats`)
  return ((await answer.json()) as { model_stats: [Counts] }).model_stats[0]
}

async function throughput(runs: number, opened: OipModel): Promise<string[]> {
  const local = loadNodeModel(folder, { threads: 1 })
  const tokenizer = { sha256: local.manifest.tokenizer.sha256, encode: local.tokenizer.encode }
  const before = await counts()
  const begun = performance.now()
  const outcomes = await Promise.all(
    Array.from({ length: runs }, () =>
      runAll(remoteModel(opened, tokenizer, { topK: 8, signal: live() }), {
        settings: defaultDiffusionSettings(POSITIONS),
      }),
    ),
  )
  const seconds = (performance.now() - begun) / 1000
  const failed = outcomes.find(({ error }) => error !== null)
  if (failed) throw failed.error
  const after = await counts()
  const steps = after.inference_count - before.inference_count
  const passes = after.execution_count - before.execution_count
  return [
    `${runs} ${runs === 1 ? 'run' : 'runs'} of ${POSITIONS} steps at once`,
    `${(steps / seconds).toFixed(1)} steps a second`,
    `${(steps / passes).toFixed(2)} steps a pass`,
    `${((seconds / POSITIONS) * 1000).toFixed(1)} ms a step and run`,
  ]
}

/** What else ran meanwhile: with more to do than cores, a step waits for those and not for the gateway. */
const load = () => `${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`

const rows = [
  ...(await overhead('a step with its answer ready', player.url, `${gateway.url}/upstreams/played`)),
  ...(await overhead(`a step of ${card.name}`, url, `${gateway.url}/upstreams/model`)),
]
writeResult('gateway', 'npm run bench:gateway', [
  ['what', 'direct', 'through the gateway', 'difference', 'ratio'],
  ...rows,
  ['load of the machine', load(), '', '', ''],
])
const { opened } = await prepared(`${gateway.url}/upstreams/model`)
const served: string[][] = []
for (const runs of CONCURRENT) served.push(await throughput(runs, opened))
writeResult('model-server', 'npm run bench:gateway', [
  [`${card.name}, ${card.device}`, 'throughput', 'batches', 'latency'],
  ...served,
  ['load of the machine', load(), '', ''],
])
await gateway.close()
await player.close()
await server.close()
process.exit(0)
