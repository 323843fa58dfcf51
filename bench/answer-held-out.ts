/**
 * Answers held-out prompts with the shipped graphs and the strategies of the page: the first of each kind by
 * every strategy over its budgets, all of them by the autoregressive decoder and the few ways of diffusion that
 * the model card tells of. `python -m diffuscope_model.measuring.judge` marks the answers.
 *
 *   npm run bench:answers -- bench/held-out.jsonl bench/answers.jsonl [--part 1/2] [--curves 33]
 *
 * Interrupted, it goes on behind the answers that are there. Two processes with a part each are faster than
 * one with two threads. The graphs run on onnxruntime's native kernels, three times as fast as WASM; their
 * log-probabilities differ from those of WASM in the fifth digit.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as native from 'onnxruntime-node'
import type * as Ort from 'onnxruntime-web'
import { changeSettings } from '../src/core/change-settings.ts'
import { decodingName } from '../src/core/decoding-name.ts'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../src/core/strategies/strategy-of.ts'
import type { RunRequest } from '../src/engines/run-request.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { answerText } from '../src/trace/decode-pieces.ts'
import { frameAt } from '../src/trace/frame-at.ts'
import { measure } from '../src/trace/measure.ts'
import { traceOf } from '../scripts/compare-in-node.ts'

interface HeldOut {
  readonly kind: string
  readonly index: number
  readonly canvas: number
  readonly prompt: string
}

interface Decoding {
  /** As the curves name it. */
  readonly decoder: string
  readonly strategy: 'autoregressive' | StrategyName
  /** As the strategy counts what it spends; 1 of the autoregressive decoder. */
  readonly budget: number
  /** Positions of a block (semi-autoregressive decoding, LLaDA, arXiv 2502.09992); none: one block. */
  readonly block?: number
}

const DECODINGS: readonly Decoding[] = [
  { decoder: 'autoregressive', strategy: 'autoregressive', budget: 1 },
  ...STRATEGY_NAMES.flatMap((strategy) =>
    strategyOf(strategy).measured.flatMap(({ budgets, block }) =>
      budgets.map((budget) => ({
        decoder: decodingName(strategy, block),
        strategy,
        budget,
        ...(block !== undefined && { block }),
      })),
    ),
  ),
]

/** The decodings of the model card: they answer every prompt. */
const TOLD = new Set(['autoregressive 1', 'low-confidence 1', 'threshold 0.9', 'threshold, blocks of 8 0.9'])

function requestOf({ prompt, canvas }: HeldOut, { strategy, budget, block }: Decoding): RunRequest {
  if (strategy === 'autoregressive') {
    return { decoder: strategy, prompt, settings: defaultAutoregressiveSettings(canvas) }
  }
  const settings = changeSettings(defaultDiffusionSettings(canvas), {
    strategy,
    ...strategyOf(strategy).spending(budget, canvas),
    ...(block !== undefined && { blockLength: Math.min(block, canvas) }),
  })
  return { decoder: 'diffusion', prompt, settings }
}

const { values, positionals } = parseArgs({
  options: {
    part: { type: 'string', default: '1/1' },
    curves: { type: 'string', default: '33' },
  },
  allowPositionals: true,
})
const [questions, answers] = positionals
if (questions === undefined || answers === undefined) {
  console.error('Name two files: held-out prompts to read, and answers to write.')
  process.exit(2)
}
const [part = NaN, parts = NaN] = values.part.split('/').map(Number)
if (!(part >= 1 && part <= parts)) {
  console.error('A part is written as 1/2: the first of two.')
  process.exit(2)
}

const curves = Number(values.curves)
if (!(curves >= 0)) {
  console.error('--curves takes how many prompts of each kind every decoding answers, such as 33.')
  process.exit(2)
}

const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

type Answered = Pick<HeldOut, 'kind' | 'index'> & Pick<Decoding, 'decoder' | 'budget'>

const keyOf = ({ kind, index, decoder, budget }: Answered) => [kind, index, decoder, budget].join(' ')

const folder = fileURLToPath(new URL('../public/models/small', import.meta.url))
const runtime = {
  // The two packages share their interface; onnxruntime-node lacks the web's settings, which nobody reads here.
  ort: native as unknown as typeof Ort,
  sessionOptions: { intraOpNumThreads: 1, logSeverityLevel: 3 },
  cacheOnDevice: false,
  weightsByTensor: false,
} as const
const model = loadNodeModel(folder, { threads: 1, native: runtime })
const there = new Set(existsSync(answers) ? linesOf<Answered>(answers).map(keyOf) : [])

// By index first: an interrupted run leaves fewer prompts of every kind, not fewer kinds.
const mine = linesOf<HeldOut>(questions).filter(({ index }) => index % parts === part - 1)
for (const heldOut of mine.sort((a, b) => a.index - b.index)) {
  for (const decoding of DECODINGS) {
    const { kind, index, prompt } = heldOut
    const { decoder, budget } = decoding
    if (index >= curves && !TOLD.has(`${decoder} ${budget}`)) continue
    if (there.has(keyOf({ kind, index, decoder, budget }))) continue
    const trace = await traceOf(model, requestOf(heldOut, decoding))
    const { passes, tokens } = measure(trace, trace.steps.length)
    const answer = answerText(frameAt(trace, trace.steps.length), model.pieces, trace.header.vocabulary)
    const { revision } = model.card
    appendFileSync(
      answers,
      JSON.stringify({ kind, index, prompt, decoder, budget, revision, answer, passes, tokens }) + '\n',
    )
  }
}
