/**
 * Answers held-out prompts with the shipped graphs and the strategies of the page: every strategy over its
 * budgets, and the autoregressive decoder. `python -m diffuscope_model.judge` marks the answers.
 *
 *   npm run bench:answers -- bench/held-out.jsonl bench/answers.jsonl [--threads 2]
 *
 * Interrupted, it goes on behind the answers that are there.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../src/core/default-settings.ts'
import type { StrategyName } from '../src/core/settings.ts'
import type { RunRequest } from '../src/engines/engine.ts'
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
  readonly decoder: 'autoregressive' | StrategyName
  /** Tokens a pass of strategies with a quota; the threshold or the factor of those named so. */
  readonly budget: number
}

const QUOTAS = [1, 2, 4, 8]
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
const FACTORS = [0.25, 0.5, 1, 2]

const each = (decoder: StrategyName, budgets: readonly number[]): Decoding[] =>
  budgets.map((budget) => ({ decoder, budget }))

const DECODINGS: readonly Decoding[] = [
  { decoder: 'autoregressive', budget: 1 },
  ...each('low-confidence', QUOTAS),
  ...each('threshold', THRESHOLDS),
  ...each('factor', FACTORS),
  ...each('margin', QUOTAS),
  ...each('entropy', QUOTAS),
  ...each('random', QUOTAS),
]

function requestOf({ prompt, canvas }: HeldOut, { decoder, budget }: Decoding): RunRequest {
  if (decoder === 'autoregressive') {
    return { decoder, prompt, settings: defaultAutoregressiveSettings(canvas) }
  }
  const spent =
    decoder === 'threshold' || decoder === 'factor'
      ? { [decoder]: budget }
      : { steps: Math.ceil(canvas / budget) }
  const settings = { ...defaultDiffusionSettings(canvas), strategy: decoder, ...spent }
  return { decoder: 'diffusion', prompt, settings }
}

const { values, positionals } = parseArgs({
  options: { threads: { type: 'string', default: '2' } },
  allowPositionals: true,
})
const [questions, answers] = positionals
if (questions === undefined || answers === undefined) {
  console.error('Name two files: held-out prompts to read, and answers to write.')
  process.exit(2)
}

const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

type Answered = Pick<HeldOut, 'kind' | 'index'> & Decoding

const keyOf = ({ kind, index, decoder, budget }: Answered) => [kind, index, decoder, budget].join(' ')

const folder = fileURLToPath(new URL('../public/models/small', import.meta.url))
const model = loadNodeModel(folder, { threads: Number(values.threads) })
const there = new Set(existsSync(answers) ? linesOf<Answered>(answers).map(keyOf) : [])

// By index first: an interrupted run leaves fewer prompts of every kind, not fewer kinds.
for (const heldOut of linesOf<HeldOut>(questions).sort((a, b) => a.index - b.index)) {
  for (const decoding of DECODINGS) {
    const { kind, index, prompt } = heldOut
    if (there.has(keyOf({ kind, index, ...decoding }))) continue
    const trace = await traceOf(model, requestOf(heldOut, decoding))
    const { passes, tokens } = measure(trace, trace.steps.length)
    const answer = answerText(frameAt(trace, trace.steps.length), model.pieces, trace.header.vocabulary)
    const { revision } = model.card
    appendFileSync(
      answers,
      JSON.stringify({ kind, index, prompt, ...decoding, revision, answer, passes, tokens }) + '\n',
    )
  }
}
