import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMANDS, openServer, type ServerUnderTest } from '../../scripts/conformance/suite.ts'
import { changeSettings } from '../../src/core/change-settings.ts'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../src/core/default-settings.ts'
import type { AutoregressiveSettings, DiffusionSettings } from '../../src/core/settings.ts'
import { STRATEGY_NAMES } from '../../src/core/strategies/strategy-of.ts'
import type { RunRequest } from '../../src/engines/run-request.ts'
import { loadNodeModel } from '../../src/engines/node/node-predictor.ts'
import { openOipModel } from '../../src/engines/remote/oip-client.ts'
import { remoteModel } from '../../src/engines/remote/remote-model.ts'
import { stepInputs } from '../../src/engines/remote/step-request.ts'
import { STEP_OUTPUTS } from '../../src/engines/remote/step-tensors.ts'
import { runSteps } from '../../src/engines/run.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'
import { bundledModel } from './bundled-model.ts'
import { createModelServer } from './create-model-server.ts'

const FOLDER = fileURLToPath(new URL('../../e2e/models/tiny', import.meta.url))
const NAME = 'diffuscope-tiny'
const live = () => new AbortController().signal

const served = bundledModel(FOLDER, 1)
const server = createModelServer(served)
const local = loadNodeModel(FOLDER, { threads: 1 })
let url = ''
let opened: ServerUnderTest
beforeAll(async () => {
  await served.warmUp()
  url = await server.listen({ port: 0, host: '127.0.0.1' })
  opened = await openServer(url, NAME)
}, 30_000)
afterAll(() => server.close())

describe('the reference model server', () => {
  it.each(Object.entries(DEMANDS))('%s', async (_, demand) => demand(opened))

  it('speaks binary', () => expect(opened.model.form).toBe('binary'))

  it('joins steps that come together, and says so as Triton does', async () => {
    const before = await statistics()
    const ids = local.encodePrompt('Sort.')
    const inputs = stepInputs(opened.model, [...ids, 0, 0, 0, 0], 8)
    const alone = await opened.model.infer(inputs, STEP_OUTPUTS, live())
    const all = await Promise.all(
      Array.from({ length: 32 }, () => opened.model.infer(inputs, STEP_OUTPUTS, live())),
    )
    const after = await statistics()
    expect(after.inference_count - before.inference_count).toBe(33)
    expect(after.execution_count - before.execution_count).toBeLessThanOrEqual(20)
    expect(Math.max(...after.batch_stats.map(({ batch_size }) => batch_size))).toBeGreaterThan(1)
    const [right] = alone.outputs
    for (const { outputs } of all) expect(outputs[0]?.data).toEqual(right?.data)
  })

  it('says how long a step waited and computed', async () => {
    const response = await fetch(`${url}/v2/models/${NAME}/infer`, {
      method: 'POST',
      body: JSON.stringify({
        inputs: [
          { name: 'input_ids', datatype: 'INT64', shape: [1, 4], data: [3, 9, 4, 0] },
          { name: 'attention_mask', datatype: 'INT64', shape: [1, 4], data: [1, 1, 1, 1] },
        ],
      }),
    })
    expect(response.headers.get('server-timing')).toMatch(/^queue;dur=[\d.]+, compute;dur=[\d.]+$/)
  })

  it('is not ready before its model is, and says so where it never will be', async () => {
    let fail: (reason: Error) => void = () => undefined
    const warmUp = () => new Promise<void>((_, reject) => (fail = reject))
    const loading = createModelServer({ ...served, warmUp, close: () => Promise.resolve() })
    const ready = () => loading.inject('/v2/health/ready')
    expect(await ready()).toMatchObject({ statusCode: 503, body: expect.stringMatching(/being loaded/) })
    fail(new Error('no such file'))
    expect(await ready()).toMatchObject({ statusCode: 503, body: expect.stringMatching(/no such file/) })
    await loading.close()
  })
})

async function statistics() {
  const answer = (await (await fetch(`${url}/v2/models/${NAME}/stats`)).json()) as {
    model_stats: [
      { inference_count: number; execution_count: number; batch_stats: readonly { batch_size: number }[] },
    ]
  }
  return answer.model_stats[0]
}

/** What every step committed, in order. */
async function commits(model: RunnableModel, settings: DiffusionSettings | AutoregressiveSettings) {
  const all: (readonly [position: number, id: number])[][] = []
  const prompt = 'Name three fruits.'
  const request: RunRequest =
    'strategy' in settings
      ? { decoder: 'diffusion', prompt, settings }
      : { decoder: 'autoregressive', prompt, settings }
  for await (const { event } of runSteps(model, request, { signal: live(), now: () => performance.now() })) {
    if (event.kind === 'step') all.push(event.step.commits.map(({ position, id }) => [position, id] as const))
  }
  return all
}

const tokenizer = { sha256: local.manifest.tokenizer.sha256, encode: local.tokenizer.encode }
const options = { topK: local.manifest.topK, now: () => performance.now(), signal: live() }

describe('a run on a server', () => {
  it.each(STRATEGY_NAMES)('commits the very tokens of a run here: %s', async (strategy) => {
    const settings = changeSettings(defaultDiffusionSettings(16), { strategy, threshold: 0.3 })
    const there = remoteModel(opened.model, tokenizer, options)
    expect(await commits(there, settings)).toEqual(await commits(local, settings))
    const sampled = { ...settings, temperature: 0.8, seed: 7 }
    expect(await commits(there, sampled)).toEqual(await commits(local, sampled))
  })

  it('writes the very tokens of an autoregressive run here, two runs at once and gone on with anywhere', async () => {
    const settings = { ...defaultAutoregressiveSettings(24), temperature: 0.9, topK: 8 }
    const there = remoteModel(opened.model, tokenizer, options)
    const seeds = [1, 2, 3]
    const here = []
    for (const seed of seeds) here.push(await commits(local, { ...settings, seed }))
    expect(await Promise.all(seeds.map((seed) => commits(there, { ...settings, seed })))).toEqual(here)
    // What the server kept is of no matter: another one, which has read nothing, says the same.
    const fresh = createModelServer(bundledModel(FOLDER, 1))
    const other = await openServer(await fresh.listen({ port: 0, host: '127.0.0.1' }), NAME)
    const state = { settings: { ...settings, seed: 1 }, vocabulary: local.vocabulary, finished: false }
    const ids = here[0]!.slice(0, 9).map(([commit]) => commit![1])
    const from = { decoder: 'autoregressive', at: 0, state: { ...state, ids } } as const
    const request = {
      decoder: 'autoregressive',
      prompt: 'Name three fruits.',
      settings: state.settings,
    } as const
    const rest = []
    const goOn = { signal: live(), now: () => 0, from }
    for await (const { event } of runSteps(remoteModel(other.model, tokenizer, options), request, goOn)) {
      if (event.kind === 'step') rest.push(event.step.commits.map(({ position, id }) => [position, id]))
    }
    expect(rest).toEqual(here[0]!.slice(9))
    await fresh.close()
  })

  it('is refused from left to right where the card does not say so', async () => {
    const card = { ...opened.model.card, decoders: ['diffusion' as const] }
    const there = remoteModel({ ...opened.model, card }, tokenizer, options)
    await expect(commits(there, defaultAutoregressiveSettings(4))).rejects.toMatchObject({
      kind: 'server-refused',
      message: expect.stringMatching(/diffusion steps only/),
    })
  })

  it('ends with the same tokens when replicas fail, answer rubbish or break off', async () => {
    let calls = 0
    const faulty: typeof fetch = async (input, init) => {
      const url = String(input)
      if (!url.includes('/infer')) return fetch(input, init)
      switch (calls++ % 6) {
        case 0:
          return new Response('{"error":"busy"}', { status: 503 })
        case 1:
          throw new TypeError('fetch failed')
        case 2:
          return new Response('{"outputs":[{"name":"topk_ids"', { status: 200 })
        case 3: {
          const answer = await fetch(input, init)
          const body = await answer.arrayBuffer()
          return new Response(body.slice(0, body.byteLength / 2), { headers: answer.headers })
        }
        default:
          return fetch(input, init)
      }
    }
    const model = await openOipModel({ url, model: NAME, fetch: faulty, firstWaitMs: 1 }, live())
    const settings = defaultDiffusionSettings(8)
    expect(await commits(remoteModel(model, tokenizer, options), settings)).toEqual(
      await commits(local, settings),
    )
    expect(calls).toBeGreaterThan(12)
  })

  it('says so when the server is gone, refuses, or sends too much', async () => {
    const open = (fetching: typeof fetch, limitBytes = 1e6) =>
      openOipModel({ url, model: NAME, fetch: fetching, retries: 1, firstWaitMs: 1, limitBytes }, live())
    await expect(open(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
      kind: 'server-unreachable',
      message: expect.stringMatching(/does not answer.*Try again/),
    })
    await expect(openOipModel({ url, model: 'another', fetch, retries: 1 }, live())).rejects.toMatchObject({
      kind: 'server-refused',
      message: expect.stringMatching(/no model another/),
    })
    await expect(open(fetch, 20)).rejects.toMatchObject({
      kind: 'server-unreachable',
      detail: expect.stringMatching(/more than 20 bytes/),
    })
  })

  it('refuses a tokenizer that is not the server’s, naming both', () => {
    expect(() => remoteModel(opened.model, { ...tokenizer, sha256: 'f'.repeat(64) }, options)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/another tokenizer.*ffffffffffff/) }) as Error,
    )
  })

  it('waits for a silent server as long as it was told, and not a moment after it is cancelled', async () => {
    const silent = createHttpServer(() => undefined).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const patience = {
      url: `http://127.0.0.1:${port}`,
      model: NAME,
      fetch,
      retries: 1,
      firstWaitMs: 1,
    }
    await expect(openOipModel({ ...patience, timeoutMs: 30 }, live())).rejects.toMatchObject({
      kind: 'server-unreachable',
    })
    await expect(openOipModel(patience, AbortSignal.timeout(30))).rejects.toMatchObject({ kind: 'cancelled' })
    silent.closeAllConnections()
    silent.close()
  })
})
