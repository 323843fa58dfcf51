/**
 * What the open world costs on a processor, and what our engine adds to onnxruntime: one diffusion pass and one AR
 * token, through the engine and bare, by the same session, turn by turn, so that the ratio holds on a noisy machine.
 *
 *   npm run bench:open-world -- FOLDER
 */
import { performance } from 'node:perf_hooks'
import { median, writeResult } from './report.ts'

const ROUNDS = 30
const PROMPT = 31
const ANSWER = 65
const TOKENS = 8
const THREADS = 2

/** Memories that WebAssembly made, so that the heap can be told; hence the imports come later. */
const memories: WebAssembly.Memory[] = []
WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(target, args: [WebAssembly.MemoryDescriptor]) {
    const memory = new target(...args)
    memories.push(memory)
    return memory
  },
})
const heap = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)

const { nodeRuntime } = await import('../src/engines/node/node-predictor.ts')
const { readOpenFolder } = await import('../src/engines/node/open-folder.ts')
const { attentionBias } = await import('../src/engines/onnx/attention-bias.ts')
const { createOpenSession } = await import('../src/engines/onnx/open-session.ts')
const { openPredictor } = await import('../src/engines/onnx/open-predictor.ts')

const folder = process.argv[2]
if (!folder) throw new Error('Name the folder of an open model: npm run bench:open-world -- FOLDER')
const { manifest, shape, weights } = readOpenFolder(folder)
const { topK, window, template, vocabulary } = manifest
const runtime = nodeRuntime(THREADS)
const { ort } = runtime

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

let opened: Awaited<ReturnType<typeof createOpenSession>> | null = null
const open = async () => (opened ??= await createOpenSession(runtime, { shape, weights, window, topK }))
const created = await timed(open)
const { session, passes } = await open()
const predictor = openPredictor({
  open: () => Promise.resolve(passes),
  topK,
  templateBefore: template.before,
  now: () => performance.now(),
})

const promptIds = [
  ...template.before,
  ...Array.from({ length: PROMPT - template.before.length }, (_, i) => 100 + i),
]
const answerIds = new Int32Array(ANSWER).fill(vocabulary.mask)
await predictor.denoise(promptIds, answerIds)

const group = shape.heads / shape.keyHeads
/** The feeds of a pass over so many rows on a cache of so many tokens. */
function feedsOf(rows: number, length: number, room: number, asked: number) {
  const cached = shape.keyHeads * room * shape.headWidth
  const past = Array.from({ length: shape.layers }, (_, layer) =>
    ['key', 'value'].map((kind) => [
      `past.${layer}.${kind}`,
      new ort.Tensor('float32', new Float32Array(cached), [1, shape.keyHeads, room, shape.headWidth]),
    ]),
  ).flat()
  const bias = attentionBias(rows, { length, room }, 'all', group)
  return {
    ids: new ort.Tensor('int32', new Int32Array(rows).fill(vocabulary.mask), [1, rows]),
    positions: new ort.Tensor(
      'int64',
      BigInt64Array.from({ length: rows }, (_, i) => BigInt(length + i)),
      [1, rows],
    ),
    bias: new ort.Tensor('float32', bias, [1, 1, rows * group, room + rows]),
    asked: new ort.Tensor(
      'int32',
      Int32Array.from({ length: asked }, (_, i) => i),
      [asked],
    ),
    ...(Object.fromEntries(past) as Record<string, InstanceType<typeof ort.Tensor>>),
  }
}

const passFeeds = feedsOf(ANSWER + 1, PROMPT - 1, PROMPT - 1, ANSWER)
const wholeFeeds = feedsOf(PROMPT + ANSWER, 0, 0, ANSWER)
const tokenFeeds = feedsOf(1, PROMPT + 4, 64, 1)

async function engineTokens(): Promise<number> {
  const extension = predictor.startExtension(PROMPT + TOKENS)
  await extension.extend(promptIds)
  await extension.extend([100])
  const all = await timed(async () => {
    for (let i = 0; i < TOKENS; i++) await extension.extend([100 + i])
  })
  extension.release()
  return all / TOKENS
}

async function bareTokens(): Promise<number> {
  const all = await timed(async () => {
    for (let i = 0; i < TOKENS; i++) await session.run(tokenFeeds)
  })
  return all / TOKENS
}

const times = { whole: [], barePass: [], enginePass: [], bareToken: [], engineToken: [] } as Record<
  'whole' | 'barePass' | 'enginePass' | 'bareToken' | 'engineToken',
  number[]
>
for (let round = 0; round < ROUNDS; round++) {
  times.whole.push(await timed(() => session.run(wholeFeeds, ['packed'])))
  times.barePass.push(await timed(() => session.run(passFeeds, ['packed'])))
  times.enginePass.push(await timed(() => predictor.denoise(promptIds, answerIds)))
  times.bareToken.push(await bareTokens())
  times.engineToken.push(await engineTokens())
}
const ms = (values: readonly number[]) => `${median(values).toFixed(1)} ms`
const ratio = (a: readonly number[], b: readonly number[]) => (median(a) / median(b)).toFixed(3)
writeResult('open-world', 'npm run bench:open-world -- FOLDER', [
  ['what', 'bare onnxruntime', 'our engine', 'ratio'],
  [
    `diffusion pass, ${PROMPT} + ${ANSWER} positions, the prompt cached`,
    ms(times.barePass),
    ms(times.enginePass),
    ratio(times.enginePass, times.barePass),
  ],
  [`pass over all ${PROMPT + ANSWER} rows`, ms(times.whole), '', ''],
  [
    'AR token, room of 64',
    ms(times.bareToken),
    ms(times.engineToken),
    ratio(times.engineToken, times.bareToken),
  ],
  [`session, ${THREADS} threads`, `${(created / 1000).toFixed(1)} s`, '', ''],
  ['WASM heap after it all', `${(heap() / 1e6).toFixed(0)} MB`, '', ''],
])
