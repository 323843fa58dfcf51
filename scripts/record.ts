import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  DEFAULT_ANSWER_LENGTH,
  defaultAutoregressiveSettings,
  defaultDiffusionSettings,
} from '../src/core/default-settings.ts'
import type { DiffusionSettings } from '../src/core/settings.ts'
import type { RunRequest } from '../src/engines/engine.ts'
import { loadNodeModel, runInNode, type NodeModel } from '../src/engines/node/node-predictor.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import { append } from '../src/trace/append.ts'
import { kendallTau } from '../src/trace/kendall.ts'
import type { Trace } from '../src/trace/trace.ts'
import { CHIPS, RECORDED } from './recorded-prompts.ts'

/** Candidates kept a position: what the panel that explains a token shows. */
const CANDIDATES = 5

const model = loadNodeModel(fileURLToPath(new URL('../public/models/small', import.meta.url)), { threads: 2 })
const folder = new URL('../public/recordings/', import.meta.url)

async function trace(model: NodeModel, request: RunRequest): Promise<Trace> {
  let result: Trace | null = null
  for await (const event of runInNode(model, request, new AbortController().signal)) {
    result = append(result, event)
  }
  if (result === null || result.status !== 'done') throw new Error(`"${request.prompt}" did not finish`)
  return result
}

async function compare(prompt: string, changes: Partial<DiffusionSettings>) {
  const settings = { ...defaultDiffusionSettings(DEFAULT_ANSWER_LENGTH), ...changes }
  const diffusion = await trace(model, { decoder: 'diffusion', prompt, settings })
  const autoregressive = await trace(model, {
    decoder: 'autoregressive',
    prompt,
    settings: defaultAutoregressiveSettings(settings.answerLength),
  })
  return { prompt, diffusion, autoregressive, pieces: model.pieces, recordedAt: new Date().toISOString() }
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
// The first run pays for memory and caches that no later one does.
await compare('warm up', {})

const entries = []
const orders: number[] = []
for (const { file, kind, title, prompt, changes } of RECORDED) {
  const comparison = await compare(prompt, changes ?? {})
  writeFileSync(
    new URL(`${file}.json`, folder),
    JSON.stringify(encodeComparison(comparison, { candidates: CANDIDATES })),
  )
  entries.push({ file: `${file}.json`, kind, title, prompt })
  const tau = kendallTau(comparison.diffusion)
  if (tau !== null && !changes) orders.push(tau)
  console.log(
    `${file.padEnd(24)} ${comparison.diffusion.steps.length} passes against ${comparison.autoregressive.steps.length}` +
      `, τ ${tau?.toFixed(2) ?? 'none'}`,
  )
}
writeFileSync(
  new URL('index.json', folder),
  JSON.stringify({ default: entries[0]?.file, entries, chips: CHIPS }, null, 1) + '\n',
)
const mean = orders.reduce((sum, tau) => sum + tau, 0) / orders.length
console.log(
  `Kendall's τ with the default settings, mean over ${orders.length} recordings: ${mean.toFixed(3)}`,
)
