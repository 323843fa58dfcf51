import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULT_ANSWER_LENGTH, defaultDiffusionSettings } from '../src/core/default-settings.ts'
import type { DiffusionSettings } from '../src/core/settings.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import { kendallTau } from '../src/trace/kendall.ts'
import { compareInNode } from './compare-in-node.ts'
import { CHIPS, RECORDED } from './recorded-prompts.ts'

/** Candidates kept a position: what the panel that explains a token shows. */
const CANDIDATES = 5

const model = loadNodeModel(fileURLToPath(new URL('../public/models/small', import.meta.url)), { threads: 2 })
const folder = new URL('../public/recordings/', import.meta.url)

const compare = (prompt: string, changes: Partial<DiffusionSettings>) =>
  compareInNode(model, prompt, { ...defaultDiffusionSettings(DEFAULT_ANSWER_LENGTH), ...changes })

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
