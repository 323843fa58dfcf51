import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { changeSettings } from '../src/core/change-settings.ts'
import { BUNDLED_MODELS, settingsOfModel, type ModelId } from '../src/engines/model/bundled-models.ts'
import { loadFolder, type ReadableModel } from '../src/engines/node/open-model.ts'
import { laneOf, type Comparison } from '../src/share/comparison.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import { CANDIDATES_KEPT } from '../src/trace/candidates-kept.ts'
import { answerText } from '../src/trace/decode-pieces.ts'
import { frameAt } from '../src/trace/frame-at.ts'
import { kendallTau } from '../src/trace/kendall.ts'
import type { Trace } from '../src/trace/trace.ts'
import { compareInNode } from './compare-in-node.ts'
import { doubtOf } from './doubt.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import type { Prompt, Shown, SoughtOutcome } from './recorded.ts'
import { CHIPS, RECORDED, SOUGHT } from './recorded-prompts.ts'
import { writeCards } from './write-cards.ts'

/**
 * Records what the page opens with and what its gallery shows, by the models that ship; prints for each how much there
 * is to see.
 *
 *   npm run record [-- NAME…]   with names only those are made anew
 */
const folder = new URL('../public/recordings/', import.meta.url)
const indexFile = new URL('index.json', folder)
const names = process.argv.slice(2)

type Entry = Omit<Shown, 'model'> & { readonly prompt: string; readonly outcome?: Outcome }
const before: readonly Entry[] =
  names.length > 0 && existsSync(indexFile) ? JSON.parse(readFileSync(indexFile, 'utf8')).entries : []
const all = [...RECORDED, ...SOUGHT]
const strange = names.filter((name) => !all.some(({ file }) => file === name))
if (strange.length > 0) {
  console.error(
    `No recording is called ${strange.join(' or ')}: they are ${all.map(({ file }) => file).join(', ')}.`,
  )
  process.exit(2)
}

const models = new Map<ModelId, Promise<ReadableModel>>()

async function load(id: ModelId): Promise<ReadableModel> {
  const path = fileURLToPath(new URL(`../public/${BUNDLED_MODELS[id].folder}`, import.meta.url))
  const model = loadFolder(path, 2)
  // The first run pays for memory and caches that no later one does.
  await compareInNode(
    model,
    'warm up',
    changeSettings(settingsOfModel(BUNDLED_MODELS[id]), { answerLength: 16 }),
  )
  return model
}

const made = new Map<string, Comparison>()

/** Both decoders' runs; the same question is run once, however many outcomes are sought among its answers. */
async function compare(id: ModelId, { prompt, changes = {} }: Prompt): Promise<Comparison> {
  const key = JSON.stringify([id, prompt, changes])
  const known = made.get(key)
  if (known) return known
  const loading = models.get(id) ?? load(id)
  models.set(id, loading)
  const settings = changeSettings(settingsOfModel(BUNDLED_MODELS[id]), changes)
  const comparison = await compareInNode(await loading, prompt, settings)
  made.set(key, comparison)
  return comparison
}

/** The two runs that a recording has. */
function runsOf(comparison: Comparison): { readonly diffusion: Trace; readonly autoregressive: Trace } {
  const runOf = (id: string) => laneOf(comparison, id)!.trace!
  return { diffusion: runOf('diffusion'), autoregressive: runOf('autoregressive') }
}

function outcome(comparison: Comparison, isRight: (answer: string) => boolean): Outcome {
  const answer = (id: string) => {
    const { trace, pieces } = laneOf(comparison, id)!
    const { steps, header } = trace!
    const text = answerText(frameAt(trace!, steps.length), pieces, header.vocabulary)
    return { isRight: isRight(text), ms: steps.at(-1)!.at }
  }
  return outcomeOf(answer('diffusion'), answer('autoregressive'))
}

const entries: Entry[] = []

function keep({ file, kind, title }: Shown, comparison: Comparison, shows?: Outcome): void {
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
  const { finalAtOnce, changed, sureness } = doubtOf(diffusion)
  const percent = (share: number) => `${Math.round(100 * share)} %`
  console.log(
    `${file.padEnd(24)} ${diffusion.steps.length} passes against ${autoregressive.steps.length}` +
      `, final at step 1: ${percent(finalAtOnce)}, guesses that change: ${percent(changed)}` +
      `, sureness ${sureness.toFixed(2)}, τ ${kendallTau(diffusion)?.toFixed(2) ?? 'none'}${shows ? `, ${shows}` : ''}`,
  )
}

/** Whether this one is not to be made anew; it then stays in the index, by its title of today. */
function stays({ file, kind, title }: Shown): boolean {
  if (names.length === 0 || names.includes(file)) return false
  const entry = before.find((known) => known.file === `${file}.json`)
  if (entry) entries.push({ ...entry, kind, title })
  return true
}

/** Runs prompts until one shows what is sought; says so and keeps nothing where none does. */
async function seek(sought: SoughtOutcome): Promise<boolean> {
  for (const asked of sought.among) {
    const comparison = await compare(sought.model ?? 'small', asked)
    if (outcome(comparison, asked.isRight) !== sought.outcome) continue
    keep(sought, comparison, sought.outcome)
    return true
  }
  console.error(
    `None of ${sought.among.length} prompts shows "${sought.outcome}": add some to ${sought.file}.`,
  )
  return false
}

if (names.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const orders: number[] = []
for (const recorded of RECORDED) {
  if (stays(recorded)) continue
  const { changes, isRight, model = 'small' } = recorded
  const comparison = await compare(model, recorded)
  keep(recorded, comparison, isRight && outcome(comparison, isRight))
  const tau = kendallTau(runsOf(comparison).diffusion)
  if (tau !== null && !changes) orders.push(tau)
}
for (const sought of SOUGHT) {
  if (!stays(sought) && !(await seek(sought))) process.exitCode = 1
}
writeFileSync(indexFile, JSON.stringify({ default: entries[0]?.file, entries, chips: CHIPS }, null, 1) + '\n')
writeCards()
if (orders.length > 0) {
  const mean = orders.reduce((sum, tau) => sum + tau, 0) / orders.length
  console.log(
    `Kendall's τ with the default settings, mean over ${orders.length} recordings: ${mean.toFixed(3)}`,
  )
}
