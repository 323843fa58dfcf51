import type { Prediction } from '../../src/core/prediction.ts'
import { openOipModel, type OipModel } from '../../src/engines/remote/oip-client.ts'
import {
  JSON_LENGTH_HEADER,
  readAnswer,
  writeRequest,
  type WireForm,
} from '../../src/engines/remote/oip-message.ts'
import type { Tensor } from '../../src/engines/remote/oip-tensor.ts'
import { predictionOf } from '../../src/engines/remote/step-answer.ts'
import { causalInputs, stepInputs } from '../../src/engines/remote/step-request.ts'
import { STEP_OUTPUTS } from '../../src/engines/remote/step-tensors.ts'

/** What is demanded of a server, by name; throws an Error with a sentence where it does not hold. */
export type Demand = (server: ServerUnderTest) => Promise<void>

export interface ServerUnderTest {
  readonly url: string
  readonly name: string
  readonly model: OipModel
}

/** Log-probabilities of one server may differ by this much between requests of other shapes. */
const TOLERANCE = 2e-3

const live = () => new AbortController().signal

function demand(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence)
}

/** How long a server may load its model before it is judged, in milliseconds. */
const LOADING_MS = 120_000

/** Waits while a server says 503 to whether its model is ready. Throws what `fetch` throws where there is no server. */
export async function untilReady(url: string, name: string): Promise<void> {
  const path = `${url}/v2/models/${encodeURIComponent(name)}/ready`
  for (const begun = Date.now(); Date.now() - begun < LOADING_MS;) {
    if ((await fetch(path)).status !== 503) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

export async function openServer(url: string, name: string): Promise<ServerUnderTest> {
  const model = await openOipModel({ url, model: name, fetch, retries: 2 }, live())
  return { url, name, model }
}

/** Ids of a prompt in its template and an answer that is all masks. */
function example({ card }: OipModel, promptLength: number, answerLength: number): number[] {
  const { vocabulary, template } = card
  const usable = Array.from({ length: vocabulary.size }, (_, id) => id).filter(
    (id) => ![vocabulary.mask, vocabulary.end, vocabulary.pad, ...vocabulary.suppressed].includes(id),
  )
  const prompt = Array.from({ length: promptLength }, (_, at) => usable[(7 + at * 37) % usable.length]!)
  return [
    ...template.before,
    ...prompt,
    ...template.after,
    ...Array<number>(answerLength).fill(vocabulary.mask),
  ]
}

/** Asks for a step without the client, so that its form can be chosen and its failure seen. */
async function post({ url, name }: ServerUnderTest, inputs: readonly Tensor[], form: WireForm) {
  const { body, jsonLength } = writeRequest({ inputs, outputs: STEP_OUTPUTS, wants: form })
  const response = await fetch(`${url}/v2/models/${encodeURIComponent(name)}/infer`, {
    method: 'POST',
    headers: {
      'content-type': jsonLength === null ? 'application/json' : 'application/octet-stream',
      ...(jsonLength !== null && { [JSON_LENGTH_HEADER]: String(jsonLength) }),
    },
    body: body as Uint8Array<ArrayBuffer>,
  })
  const length = response.headers.get(JSON_LENGTH_HEADER)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { response, message: { body: bytes, jsonLength: length === null ? null : Number(length) } }
}

async function step(server: ServerUnderTest, ids: readonly number[], form: WireForm): Promise<Prediction> {
  const { response, message } = await post(server, stepInputs(server.model, ids, 8), form)
  demand(response.ok, `a step is answered with status ${response.status}`)
  return predictionOf(readAnswer(message), 0, ids.length)
}

function distance(a: Prediction, b: Prediction): number {
  if (a.length !== b.length || a.k !== b.k) return Infinity
  const gaps = Array.from(a.logProbs, (value, at) => Math.abs(value - b.logProbs[at]!))
  return Math.max(...gaps, ...Array.from(a.entropy, (value, at) => Math.abs(value - b.entropy[at]!)))
}

const formsOf = ({ model }: ServerUnderTest): WireForm[] =>
  model.form === 'binary' ? ['json', 'binary'] : ['json']

export const DEMANDS: Readonly<Record<string, Demand>> = {
  'is alive and ready': async ({ url, name }) => {
    for (const path of ['/v2/health/live', '/v2/health/ready', `/v2/models/${name}/ready`]) {
      const { status } = await fetch(`${url}${path}`)
      demand(status === 200, `${path} is answered with status ${status}`)
    }
  },
  'describes its model': async ({ url, name }) => {
    const metadata = (await (await fetch(`${url}/v2/models/${name}`)).json()) as {
      name?: string
      inputs?: { name: string }[]
      outputs?: { name: string }[]
    }
    demand(metadata.name === name, `its name is ${metadata.name}`)
    const names = (list: { name: string }[] = []) => list.map((tensor) => tensor.name)
    for (const input of ['input_ids', 'attention_mask', 'top_k'])
      demand(names(metadata.inputs).includes(input), `the input ${input} is not described`)
    for (const output of STEP_OUTPUTS)
      demand(names(metadata.outputs).includes(output), `the output ${output} is not described`)
  },
  'gives probabilities': async (server) => {
    for (const form of formsOf(server)) {
      const { k, logProbs, entropy, length } = await step(server, example(server.model, 9, 12), form)
      for (let row = 1; row < length; row++) {
        const values = [...logProbs.subarray(row * k, (row + 1) * k)]
        const sum = values.reduce((total, value) => total + Math.exp(value), 0)
        demand(
          values.every((value, at) => at === 0 || value <= values[at - 1]!),
          `row ${row} is not sorted`,
        )
        demand(sum > 0 && sum < 1 + TOLERANCE, `row ${row} sums to ${sum}`)
        demand(entropy[row]! >= 0, `row ${row} has the entropy ${entropy[row]}`)
      }
    }
  },
  'says the same in JSON and in binary': async (server) => {
    if (server.model.form === 'json') return
    const ids = example(server.model, 11, 10)
    const gap = distance(await step(server, ids, 'json'), await step(server, ids, 'binary'))
    demand(gap < 1e-5, `the two forms differ by ${gap}`)
  },
  'pays no attention to padding': async (server) => {
    const { card } = server.model
    const ids = example(server.model, 5, 8)
    const alone = await step(server, ids, 'json')
    const longer = { card: { ...card, buckets: [Math.max(...card.buckets)] } }
    const { message } = await post(server, stepInputs(longer, ids, 8), 'json')
    const gap = distance(alone, predictionOf(readAnswer(message), 0, ids.length))
    demand(gap < TOLERANCE, `padding moves log-probabilities by ${gap}`)
  },
  'answers a batch as it answers its parts': async (server) => {
    const { card } = server.model
    const parts = [example(server.model, 5, 8), example(server.model, 9, 12), example(server.model, 3, 4)]
    const [bucket] = card.buckets.filter((size) => parts.every((ids) => ids.length <= size))
    const each = parts.map((ids) => stepInputs({ card: { ...card, buckets: [bucket!] } }, ids, 8))
    const joined = each[0]!.map((tensor, input): Tensor => {
      const datas = each.map((inputs) => inputs[input]!.data as BigInt64Array)
      const data =
        tensor.datatype === 'INT64'
          ? BigInt64Array.from(datas.flatMap((one) => [...one]))
          : Int32Array.of(8, 8, 8)
      return { ...tensor, shape: [parts.length, tensor.shape[1]!], data }
    })
    const { response, message } = await post(server, joined, 'json')
    demand(response.ok, `a batch is answered with status ${response.status}`)
    const { outputs, model } = readAnswer(message)
    for (const [row, ids] of parts.entries()) {
      const of = outputs.map((tensor): Tensor => {
        const size = tensor.data.length / parts.length
        return {
          ...tensor,
          shape: [1, ...tensor.shape.slice(1)],
          data: tensor.data.slice(row * size, (row + 1) * size),
        }
      })
      const gap = distance(
        predictionOf({ model, outputs: of }, 0, ids.length),
        await step(server, ids, 'json'),
      )
      demand(gap < TOLERANCE, `sequence ${row} of a batch differs by ${gap}`)
    }
  },
  'reads from left to right alike, whatever it has kept of the text': async (server) => {
    if (!server.model.card.decoders.includes('autoregressive')) return
    const ids = example(server.model, 9, 0)
    const other = example(server.model, 4, 0)
    const next = async (prefix: readonly number[], form: WireForm) => {
      const { response, message } = await post(server, causalInputs(prefix, 8), form)
      demand(response.ok, `the token after ${prefix.length} is answered with status ${response.status}`)
      return predictionOf(readAnswer(message), 0, 1)
    }
    const whole = await next(ids, 'json')
    // A token at a time, another text between, and the last one asked twice, as after a lost answer.
    const lengths = Array.from({ length: ids.length - 1 }, (_, at) => at + 2)
    for (const form of formsOf(server)) {
      const grown: Prediction[] = []
      for (const length of [...lengths, ids.length]) {
        grown.push(await next(ids.slice(0, length), form))
        await next(other, form)
      }
      for (const one of grown.slice(-2)) {
        const gap = distance(one, whole)
        demand(gap < server.model.card.tolerance, `token by token a prediction differs by ${gap}`)
      }
    }
  },
  'refuses what it cannot answer, with a sentence': async (server) => {
    const ids = example(server.model, 5, 8)
    const [inputIds, mask, topK] = stepInputs(server.model, ids, 8) as [Tensor, Tensor, Tensor]
    const long = server.model.card.window + 1
    const cases: readonly (readonly [string, readonly Tensor[]])[] = [
      ['a missing input', [mask, topK]],
      [
        'a mask of another shape',
        [inputIds, { ...mask, shape: [1, 4], data: BigInt64Array.of(1n, 1n, 1n, 1n) }, topK],
      ],
      [
        'an id outside the vocabulary',
        [{ ...inputIds, data: inputIds.data.map((() => 10n ** 9n) as never) as never }, mask, topK],
      ],
      [
        'more tokens than the window',
        stepInputs({ card: { ...server.model.card, buckets: [long] } }, ids, 8),
      ],
    ]
    for (const [what, inputs] of cases) {
      const { response, message } = await post(server, inputs, 'json')
      demand(response.status >= 400, `${what} is answered with status ${response.status}`)
      const answer = JSON.parse(new TextDecoder().decode(message.body)) as { error?: unknown }
      demand(typeof answer.error === 'string' && answer.error !== '', `${what} is refused without a sentence`)
    }
  },
  'knows no other model': async ({ url }) => {
    const { status } = await fetch(`${url}/v2/models/none-of-that-name`)
    demand(status >= 400 && status < 500, `an unknown model is answered with status ${status}`)
  },
}
