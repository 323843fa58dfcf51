import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isEngineError } from '../../src/engines/engine-error.ts'
import { loadNodeModel } from '../../src/engines/node/node-predictor.ts'
import { openOipModel } from '../../src/engines/remote/oip-client.ts'
import { JSON_LENGTH_HEADER } from '../../src/engines/remote/oip-message.ts'
import { remoteModel } from '../../src/engines/remote/remote-model.ts'
import { stepInputs } from '../../src/engines/remote/step-request.ts'
import { STEP_OUTPUTS } from '../../src/engines/remote/step-tensors.ts'
import { faultProxy, wireBytes, type Fault, type WholeAnswer } from '../testing/fault-proxy.ts'
import {
  answered,
  cutAfter,
  delayed,
  endless,
  trickled,
  withHeaders,
  withOutput,
  withTensors,
} from '../testing/faults.ts'
import { oipEntry, startGateway } from '../testing/start-gateway.ts'
import { runAll, type Outcome } from '../testing/remote-run.ts'
import { serve } from '../../src/engines/remote/testing/serve.ts'
import { bundledModel } from './bundled-model.ts'
import { createModelServer } from './create-model-server.ts'

const FOLDER = fileURLToPath(new URL('../../e2e/models/tiny', import.meta.url))
const NAME = 'diffuscope-tiny'
const live = () => new AbortController().signal

const model = bundledModel(FOLDER, 1)
const server = createModelServer(model)
const local = loadNodeModel(FOLDER, { threads: 1 })
const tokenizer = { sha256: local.manifest.tokenizer.sha256, encode: local.tokenizer.encode }
let url = ''
let right: Outcome
beforeAll(async () => {
  await model.warmUp()
  url = await server.listen({ port: 0, host: '127.0.0.1' })
  right = await runAll(local)
}, 30_000)
afterAll(() => server.close())

/** A client with little patience, so that a test has an end. */
async function open(address: string, retries = 3) {
  const opened = await openOipModel(
    { url: address, model: NAME, fetch, retries, firstWaitMs: 1, timeoutMs: 400, limitBytes: 200_000 },
    live(),
  )
  const options = { topK: local.manifest.topK, signal: live() }
  return { opened, runnable: remoteModel(opened, tokenizer, options) }
}

const nan = withOutput('topk_logprobs', (tensor) => ({
  ...tensor,
  data: (tensor.data as Float32Array).map((value, at) => (at % 40 === 0 ? NaN : value)),
}))

/** Faults that another try mends. */
const PASSING: Readonly<Record<string, Fault>> = {
  'a cut before the first byte': cutAfter(0),
  'a cut in the head': cutAfter(30),
  'a cut in the body': (answer, client) => cutAfter(wireBytes(answer).length - 99)(answer, client),
  'a cut before the last byte': (answer, client) => cutAfter(wireBytes(answer).length - 1)(answer, client),
  'silence beyond patience': delayed(900),
  'a slow trickle': trickled,
  'a 500': answered(500, '{"error":"out of memory"}'),
  'a 500 without a sentence': answered(500, '<html>'),
  'a 503': answered(503, '{"error":"busy"}'),
  'a 429': answered(429, '{"error":"slowly"}'),
  'an answer that is no JSON': answered(200, '<html>it works</html>'),
  'an answer of another kind': answered(200, '{"choices":[]}'),
  'a huge answer': endless,
  'a JSON length beyond the body': withHeaders(() => ({ [JSON_LENGTH_HEADER]: '999999' })),
  'a JSON length too short': withHeaders(() => ({ [JSON_LENGTH_HEADER]: '7' })),
  'a JSON length that is no number': withHeaders(() => ({ [JSON_LENGTH_HEADER]: 'many' })),
  'a content length too long': withHeaders(({ body }) => ({ 'content-length': String(body.length + 5) })),
  'a content length too short': withHeaders(({ body }) => ({ 'content-length': String(body.length - 5) })),
}

/** Faults of a server that answers well-formed nonsense. */
const LASTING: Readonly<Record<string, Fault>> = {
  'a log-probability that is no number': nan,
  'an entropy that is infinite': withOutput('entropy', (tensor) => ({
    ...tensor,
    data: (tensor.data as Float32Array).map(() => Infinity),
  })),
  'too few positions': withTensors((tensor) => ({
    ...tensor,
    shape: [1, tensor.shape[1]! / 8, ...tensor.shape.slice(2)],
    data: (tensor.data as Float32Array).slice(0, tensor.data.length / 8),
  })),
  'no entropy': withOutput('entropy', () => null),
  'log-probabilities of another shape': withOutput('topk_logprobs', (tensor) => ({
    ...tensor,
    shape: [tensor.shape[1]! / 2, tensor.shape[2]!],
    data: (tensor.data as Float32Array).slice(0, tensor.data.length / 2),
  })),
  'log-probabilities with rows and candidates exchanged': withOutput('topk_logprobs', (tensor) => ({
    ...tensor,
    shape: [1, tensor.shape[2]!, tensor.shape[1]!],
  })),
  'ids as floats': withOutput('topk_ids', (tensor) => ({
    ...tensor,
    datatype: 'FP32',
    data: Float32Array.from(tensor.data as Int32Array),
  })),
  'ids outside the vocabulary': withOutput('topk_ids', (tensor) => ({
    ...tensor,
    data: (tensor.data as Int32Array).map(() => 1_000_000),
  })),
}

/** That a run has ended in order: with a sentence, and with no commit that the right run hasn't. */
function expectSentence({ steps, error }: Outcome): void {
  expect(steps).toEqual(right.steps.slice(0, steps.length))
  const said = isEngineError(error) ? error.message : (error as Error).message
  expect(said).toMatch(/^[A-Z].*\.$/s)
}

describe('with a fault between page and server', () => {
  it.each(Object.entries(PASSING))('a run survives %s', async (_, fault) => {
    const proxy = await faultProxy(url, (call) => (call % 5 === 2 ? fault : null))
    const { runnable } = await open(proxy.url)
    expect(await runAll(runnable)).toEqual(right)
    await proxy.close()
  })

  it.each(Object.entries({ ...PASSING, ...LASTING }))(
    'a run ends with a sentence and no wrong token where there is nothing but %s',
    async (_, fault) => {
      const proxy = await faultProxy(url, (call) => (call >= 3 ? fault : null))
      const { runnable } = await open(proxy.url, 1)
      const outcome = await runAll(runnable)
      expect(outcome.steps).toHaveLength(3)
      expectSentence(outcome)
      await proxy.close()
    },
  )

  it('a cut at any byte of an answer is no answer', async () => {
    let whole: WholeAnswer | null = null
    const recorder = await faultProxy(url, () => (answer, client) => {
      whole = answer
      client.end(wireBytes(answer))
    })
    const recording = await open(recorder.url, 0)
    const inputs = stepInputs(recording.opened, local.encodePrompt('Sort.'), 2)
    await recording.opened.infer(inputs, STEP_OUTPUTS, live())
    await recorder.close()

    const bytes = wireBytes(whole!)
    let place = 0
    const player = await serve((request, response) => {
      if (request.url?.endsWith('/infer') !== true) {
        void fetch(`${url}${request.url}`).then(async (answer) => response.end(await answer.text()))
        return
      }
      request.resume()
      request.on('end', () => request.socket.end(bytes.subarray(0, place)))
    })
    const { opened } = await open(player.url, 0)
    for (place = 0; place < bytes.length; place++) {
      const answer = await opened.infer(inputs, STEP_OUTPUTS, live()).catch((error: unknown) => error)
      if (!isEngineError(answer)) expect.fail(`a cut after byte ${place} of ${bytes.length} went unnoticed`)
    }
    await expect(opened.infer(inputs, STEP_OUTPUTS, live())).resolves.toBeDefined()
    await player.close()
  }, 120_000)
})

describe('two replicas', () => {
  it('give the same tokens a hundred times, while one is lost in the middle of each run', async () => {
    // The model outlives its servers here; processes that are really killed are for `npm run kill-replicas`.
    const shared = { ...model, close: () => Promise.resolve() }
    const start = async (port: number) => {
      const replica = createModelServer(shared)
      return { replica, address: await replica.listen({ port, host: '127.0.0.1' }) }
    }
    const replicas = [await start(0), await start(0)]
    const gateway = await startGateway({ upstreams: [oipEntry(replicas.map(({ address }) => address))] })
    const { runnable } = await open(`${gateway.url}/upstreams/small`)
    for (let time = 0; time < 100; time++) {
      const lost = time % 2
      const outcome = await runAll(runnable, {
        async onStep(done) {
          if (done !== 1 + (time % 7)) return
          const { replica } = replicas[lost]!
          const closed = replica.close()
          replica.server.closeAllConnections()
          await closed
        },
      })
      expect(outcome, `run ${time}`).toEqual(right)
      replicas[lost] = await start(Number(new URL(replicas[lost]!.address).port))
    }
    await gateway.close()
    for (const { replica } of replicas) {
      replica.server.closeAllConnections()
      await replica.close()
    }
  }, 120_000)
})
