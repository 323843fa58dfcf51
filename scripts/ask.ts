import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { autoregressiveSettings } from '../src/core/autoregressive-settings.ts'
import { changeSettings } from '../src/core/change-settings.ts'
import { checkSettings } from '../src/core/check-settings.ts'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { STRATEGIES, STRATEGY_NAMES } from '../src/core/strategies/strategy-of.ts'
import { isEngineError } from '../src/engines/engine-error.ts'
import { BUNDLED_MODELS, MODEL_IDS, SMALL_MODEL } from '../src/engines/model/bundled-models.ts'
import { loadFolder } from '../src/engines/node/open-model.ts'
import type { RunRequest } from '../src/engines/run-request.ts'
import { answerText } from '../src/trace/decode-pieces.ts'
import { frameAt } from '../src/trace/frame-at.ts'
import { measure } from '../src/trace/measure.ts'
import { traceOf } from './compare-in-node.ts'

/** The settings that one strategy or another has, with where they start. */
const OWN = new Map(
  STRATEGY_NAMES.flatMap((name) =>
    Object.entries(STRATEGIES[name].own).map(([key, { start }]) => [key, start(SMALL_MODEL.answerLength)]),
  ),
)

const lengths = MODEL_IDS.map((id) => BUNDLED_MODELS[id].answerLength).join('|')
const temperatures = MODEL_IDS.map((id) => BUNDLED_MODELS[id].temperature).join('|')

const USAGE = `Answers prompts from standard input, one a line, with a model that ships; prints a JSON object a line.

  npm run --silent ask -- [--decoder diffusion|ar] [--strategy ${STRATEGY_NAMES.join('|')}]
    ${[...OWN].map(([key, start]) => `[--${key} ${start}]`).join(' ')} [--block N]
    [--model ${MODEL_IDS.join('|')}|FOLDER] [--length ${lengths}] [--temperature ${temperatures}]
    [--top-k 8] [--seed 1] [--threads 2]

Length and temperature start as the page's do: for ${MODEL_IDS.join(', ')}.`

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
        strategy: { ...text, default: 'low-confidence' },
        ...Object.fromEntries([...OWN.keys()].map((key) => [key, text])),
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

const named: Readonly<Record<string, string | boolean | undefined>> = given

/** A number from the command line, or what stands in for it. */
function number(name: string, otherwise: number): number {
  const text = named[name]
  if (typeof text !== 'string') return otherwise
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) fail(`--${name} must be a number, not "${text}".`)
  return value
}

const strategy = STRATEGY_NAMES.find((name) => name === given.strategy)
if (strategy === undefined) {
  fail(`--strategy must be one of ${STRATEGY_NAMES.join(', ')}, not "${given.strategy}".`)
}
if (given.decoder !== 'diffusion' && given.decoder !== 'ar') {
  fail(`--decoder must be diffusion or ar, not "${given.decoder}".`)
}

const { model: asked = 'small' } = given
const id = MODEL_IDS.find((known) => known === asked)
const bundled = id === undefined ? null : BUNDLED_MODELS[id]
const folder = bundled ? fileURLToPath(new URL(`../public/${bundled.folder}`, import.meta.url)) : asked
if (!existsSync(join(folder, 'manifest.json'))) {
  fail(`--model must be ${MODEL_IDS.join(', ')} or a model's folder; "${folder}" has no manifest.json.`)
}
const model = loadFolder(folder, number('threads', 2))
const length = number('length', (bundled ?? SMALL_MODEL).answerLength)
const started = defaultDiffusionSettings(length)
const diffusion = changeSettings(started, {
  strategy,
  temperature: number('temperature', (bundled ?? SMALL_MODEL).temperature),
  topK: number('top-k', started.topK),
  seed: number('seed', started.seed),
  blockLength: number('block', started.blockLength),
  ...Object.fromEntries(
    [...OWN.keys()].filter((key) => named[key] !== undefined).map((key) => [key, number(key, NaN)]),
  ),
})
const autoregressive = autoregressiveSettings(diffusion)
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
