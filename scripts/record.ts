import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { changeSettings } from '../src/core/change-settings.ts'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import type { SettingsChange } from '../src/core/settings.ts'
import { SMALL_MODEL } from '../src/engines/model/bundled-models.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { laneOf, type Comparison } from '../src/share/comparison.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import { CANDIDATES_KEPT } from '../src/trace/candidates-kept.ts'
import { answerText } from '../src/trace/decode-pieces.ts'
import { frameAt } from '../src/trace/frame-at.ts'
import { kendallTau } from '../src/trace/kendall.ts'
import type { Trace } from '../src/trace/trace.ts'
import { compareInNode } from './compare-in-node.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { CHIPS, RECORDED, SOUGHT, type RecordedPrompt, type SoughtOutcome } from './recorded-prompts.ts'

const home = fileURLToPath(new URL(`../public/${SMALL_MODEL.folder}`, import.meta.url))
const model = loadNodeModel(home, { threads: 2 })
const folder = new URL('../public/recordings/', import.meta.url)

const compare = (prompt: string, changes: SettingsChange = {}) =>
  compareInNode(model, prompt, changeSettings(defaultDiffusionSettings(SMALL_MODEL.answerLength), changes))

/** The two runs that a recording has. */
function runsOf(comparison: Comparison): { readonly diffusion: Trace; readonly autoregressive: Trace } {
  const runOf = (id: string) => laneOf(comparison, id)!.trace!
  return { diffusion: runOf('diffusion'), autoregressive: runOf('autoregressive') }
}

function outcome(comparison: Comparison, isRight: (answer: string) => boolean): Outcome {
  const answer = (trace: Trace) => ({
    isRight: isRight(answerText(frameAt(trace, trace.steps.length), model.pieces, trace.header.vocabulary)),
    ms: trace.steps.at(-1)!.at,
  })
  const { diffusion, autoregressive } = runsOf(comparison)
  return outcomeOf(answer(diffusion), answer(autoregressive))
}

const entries: (Pick<RecordedPrompt, 'file' | 'kind' | 'title' | 'prompt'> & { outcome?: Outcome })[] = []
const orders: number[] = []

function keep(
  { file, kind, title }: Pick<RecordedPrompt, 'file' | 'kind' | 'title'>,
  comparison: Comparison,
  shows?: Outcome,
): void {
  writeFileSync(
    new URL(`${file}.json`, folder),
    JSON.stringify(encodeComparison(comparison, { candidates: CANDIDATES_KEPT })),
  )
  const { diffusion, autoregressive } = runsOf(comparison)
  entries.push({
    file: `${file}.json`,
    kind,
    title,
    prompt: comparison.prompt,
    ...(shows && { outcome: shows }),
  })
  console.log(
    `${file.padEnd(24)} ${diffusion.steps.length} passes against ${autoregressive.steps.length}` +
      `, τ ${kendallTau(diffusion)?.toFixed(2) ?? 'none'}${shows ? `, ${shows}` : ''}`,
  )
}

/** Runs prompts until one shows what is sought; says so and keeps nothing where none does. */
async function seek(sought: SoughtOutcome): Promise<boolean> {
  for (const { prompt, changes, isRight } of sought.among) {
    const comparison = await compare(prompt, changes)
    if (outcome(comparison, isRight) !== sought.outcome) continue
    keep(sought, comparison, sought.outcome)
    return true
  }
  console.error(
    `None of ${sought.among.length} prompts shows "${sought.outcome}": add some to ${sought.file}.`,
  )
  return false
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
// The first run pays for memory and caches that no later one does.
await compare('warm up')

for (const recorded of RECORDED) {
  const { prompt, changes, isRight } = recorded
  const comparison = await compare(prompt, changes)
  keep(recorded, comparison, isRight && outcome(comparison, isRight))
  const tau = kendallTau(runsOf(comparison).diffusion)
  if (tau !== null && !changes) orders.push(tau)
}
for (const sought of SOUGHT) {
  if (!(await seek(sought))) process.exitCode = 1
}
writeFileSync(
  new URL('index.json', folder),
  JSON.stringify({ default: entries[0]?.file, entries, chips: CHIPS }, null, 1) + '\n',
)
const mean = orders.reduce((sum, tau) => sum + tau, 0) / orders.length
console.log(
  `Kendall's τ with the default settings, mean over ${orders.length} recordings: ${mean.toFixed(3)}`,
)
