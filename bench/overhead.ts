/**
 * What our engine adds to onnxruntime: one diffusion pass and one AR token, through the engine and bare, on the
 * same graphs, turn by turn in one process, so that the ratio holds on a noisy machine.
 *
 *   npm run bench:overhead
 */
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { nodeRuntime, readModelFolder } from '../src/engines/node/node-predictor.ts'
import { createPredictor } from '../src/engines/onnx/sessions.ts'
import { median, writeResult } from './report.ts'

const ROUNDS = 60
const ANSWER = 96
const PROMPT = 24
const TOKENS = 24
/** Positions of the autoregressive answer: with the prompt a cache of 96, what most runs of the page have. */
const ANSWER_OF_TOKENS = 72

const files = readModelFolder(fileURLToPath(new URL('../public/models/small', import.meta.url)))
const { manifest, bytes } = files
const runtime = nodeRuntime(2)
const { ort } = runtime
const predictor = createPredictor(runtime, files, () => performance.now())

const promptIds = Array.from({ length: PROMPT }, (_, i) => 5 + i)
const answerIds = new Int32Array(ANSWER).fill(manifest.vocabulary.mask)
await predictor.prepare('diffusion', PROMPT + ANSWER)
await predictor.prepare('autoregressive', PROMPT + ANSWER_OF_TOKENS)

const bare = (file: string) =>
  ort.InferenceSession.create(bytes.get(file)!, {
    ...runtime.sessionOptions,
    externalData: [{ path: manifest.weights.file, data: bytes.get(manifest.weights.file)! }],
  })
const graph = [...manifest.graphs.denoise]
  .sort((a, b) => a.window - b.window)
  .find(({ window }) => window >= PROMPT + ANSWER)!
const denoiser = await bare(graph.file)
const extender = await bare(manifest.graphs.extend.file)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const ids = new Int32Array(graph.window).fill(manifest.vocabulary.pad)
ids.set(promptIds)
ids.set(answerIds, PROMPT)
const denoiseFeeds = {
  input_ids: new ort.Tensor('int32', ids, [1, graph.window]),
  attention_bias: new ort.Tensor('float32', new Float32Array(graph.window), [1, 1, 1, graph.window]),
}

const { context, cache } = manifest.graphs.extend
const room = PROMPT + ANSWER_OF_TOKENS
const shape = cache.with(-2, room)
const empty = new ort.Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b)), shape)

/** TOKENS tokens after the prompt, by onnxruntime alone; milliseconds a token. */
async function bareTokens(): Promise<number> {
  const int32 = (values: number[], shape: number[]) => new ort.Tensor('int32', Int32Array.from(values), shape)
  const positions = promptIds.map((_, i) => i)
  const seen = Array<number>(room).fill(manifest.vocabulary.pad)
  const slots = int32([...seen.keys()], [room])
  const history = (ids: readonly number[]) => {
    seen.splice(0, ids.length, ...ids)
    return int32(seen, [1, room])
  }
  const first = {
    input_ids: int32(
      [...Array<number>(context).fill(manifest.vocabulary.pad), ...promptIds],
      [1, context + PROMPT],
    ),
    positions: int32(positions, [PROMPT]),
    slots,
    history: history([]),
    past: empty,
  }
  let past = (await extender.run(first))['present']!
  const all = await timed(async () => {
    for (let i = 0; i < TOKENS; i++) {
      const read = Array<number>(context + 1).fill(5)
      const feeds = {
        input_ids: int32(read, [1, read.length]),
        positions: int32([PROMPT + i], [1]),
        slots,
        history: history([...promptIds, ...Array<number>(i).fill(5)]),
        past,
      }
      past = (await extender.run(feeds))['present']!
    }
  })
  return all / TOKENS
}

async function engineTokens(): Promise<number> {
  const extension = predictor.startExtension(room)
  await extension.extend(promptIds)
  const all = await timed(async () => {
    for (let i = 0; i < TOKENS; i++) await extension.extend([5])
  })
  extension.release()
  return all / TOKENS
}

const times = { barePass: [], enginePass: [], bareToken: [], engineToken: [] } as Record<string, number[]>
for (let round = 0; round < ROUNDS; round++) {
  times['barePass']!.push(await timed(() => denoiser.run(denoiseFeeds)))
  times['enginePass']!.push(await timed(() => predictor.denoise(promptIds, answerIds)))
  times['bareToken']!.push(await bareTokens())
  times['engineToken']!.push(await engineTokens())
}
const [barePass, enginePass, bareToken, engineToken] = Object.values(times).map(median) as [
  number,
  number,
  number,
  number,
]
writeResult('overhead', 'npm run bench:overhead', [
  ['what', 'bare onnxruntime', 'our engine', 'ratio', 'at most'],
  [
    `diffusion pass, window ${graph.window}`,
    `${barePass.toFixed(2)} ms`,
    `${enginePass.toFixed(2)} ms`,
    (enginePass / barePass).toFixed(3),
    '1.10',
  ],
  [
    `AR token, cache of ${room}`,
    `${bareToken.toFixed(2)} ms`,
    `${engineToken.toFixed(2)} ms`,
    (engineToken / bareToken).toFixed(3),
    '1.25',
  ],
])
