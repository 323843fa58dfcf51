import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  checkSettings,
  DEFAULT_ANSWER_LENGTH,
  defaultAutoregressiveSettings,
  defaultDiffusionSettings,
} from '../src/core/default-settings.ts'
import { STRATEGY_NAMES, type StrategyName } from '../src/core/settings.ts'
import { isEngineError } from '../src/engines/engine-error.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import type { RunRequest } from '../src/engines/run-request.ts'
import { answerText } from '../src/trace/decode-pieces.ts'
import { frameAt } from '../src/trace/frame-at.ts'
import { measure } from '../src/trace/measure.ts'
import { traceOf } from './compare-in-node.ts'

const USAGE = `Answers prompts from standard input, one a line, with the shipped model; prints a JSON object a line.

  npm run --silent ask -- [--decoder diffusion|ar] [--strategy ${STRATEGY_NAMES.join('|')}]
    [--threshold 0.9] [--factor 1] [--steps N] [--block N] [--length N] [--temperature 0] [--top-k 8]
    [--seed 1] [--model folder] [--threads 2]`

function fail(sentence: string): never {
  console.error(`${sentence}\n\n${USAGE}`)
  process.exit(2)
}

function options() {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      options: {
        decoder: { ...text, default: 'diffusion' },
        strategy: text,
        threshold: text,
        factor: text,
        steps: text,
        block: text,
        length: text,
        temperature: text,
        'top-k': text,
        seed: text,
        model: text,
        threads: { ...text, default: '2' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

const given = options()
if (given.help) {
  console.log(USAGE)
  process.exit(0)
}

/** A number from the command line, or what stands in for it. */
function number(name: Exclude<keyof typeof given, 'help'>, otherwise: number): number {
  const text = given[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) fail(`--${name} must be a number, not "${text}".`)
  return value
}

const strategy = given.strategy ?? 'low-confidence'
if (!(STRATEGY_NAMES as readonly string[]).includes(strategy)) {
  fail(`--strategy must be one of ${STRATEGY_NAMES.join(', ')}, not "${strategy}".`)
}
if (given.decoder !== 'diffusion' && given.decoder !== 'ar') {
  fail(`--decoder must be diffusion or ar, not "${given.decoder}".`)
}

const folder = given.model ?? fileURLToPath(new URL('../public/models/small', import.meta.url))
const model = loadNodeModel(folder, { threads: number('threads', 2) })
const length = number('length', DEFAULT_ANSWER_LENGTH)
const shared = {
  answerLength: length,
  temperature: number('temperature', 0),
  topK: number('top-k', 8),
  seed: number('seed', 1),
}
const defaults = defaultDiffusionSettings(length)
const diffusion = {
  ...defaults,
  ...shared,
  strategy: strategy as StrategyName,
  steps: number('steps', defaults.steps),
  blockLength: number('block', defaults.blockLength),
  threshold: number('threshold', defaults.threshold),
  factor: number('factor', defaults.factor),
}
const autoregressive = { ...defaultAutoregressiveSettings(length), ...shared }
const complaint = checkSettings(given.decoder === 'ar' ? autoregressive : diffusion)[0]
if (complaint) fail(complaint)

async function ask(prompt: string): Promise<object> {
  const request: RunRequest =
    given.decoder === 'ar'
      ? { decoder: 'autoregressive', prompt, settings: autoregressive }
      : { decoder: 'diffusion', prompt, settings: diffusion }
  const trace = await traceOf(model, request)
  const { passes, tokens, ms } = measure(trace, trace.steps.length)
  const answer = answerText(frameAt(trace, trace.steps.length), model.pieces, trace.header.vocabulary)
  return { prompt, decoder: given.decoder, answer, passes, tokens, ms: Math.round(ms * 10) / 10 }
}

for await (const line of createInterface({ input: process.stdin })) {
  const prompt = line.trim()
  if (prompt === '') continue
  try {
    console.log(JSON.stringify(await ask(prompt)))
  } catch (error) {
    if (!isEngineError(error)) throw error
    console.log(JSON.stringify({ prompt, decoder: given.decoder, error: error.message }))
  }
}
