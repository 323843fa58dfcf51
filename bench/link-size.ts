import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { STRATEGY_NAMES, strategyOf } from '../src/core/strategies/strategy-of.ts'
import { piecesOf } from '../src/engines/model/piece-table.ts'
import { loadNodeModel, type NodeModel } from '../src/engines/node/node-predictor.ts'
import { createTokenizer } from '../src/engines/model/tokenize.ts'
import { MOST_LANES, type Comparison } from '../src/share/comparison.ts'
import { decodeComparison } from '../src/share/comparison-file.ts'
import { encodeLink } from '../src/share/link/encode-link.ts'
import type { SharedPlayhead } from '../src/share/link/shared-comparison.ts'
import { toShared } from '../src/share/link/to-shared.ts'
import { compareInNode, traceOf } from '../scripts/compare-in-node.ts'
import { RECORDED } from '../scripts/recorded-prompts.ts'
import { inLargerVocabulary } from './larger-vocabulary.ts'
import { linkOfPair } from './link-of-pair.ts'
import { median, writeResult } from './report.ts'
import { simulateComparison } from './simulated-comparison.ts'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const START: SharedPlayhead = { clock: 'time', steps: [0, 0, 0, 0, 0, 0] }

/** Characters behind '#': of the whole link, without the prompt, what the text of the tokens takes, and of version 2. */
function sizes(comparison: Comparison): Sizes {
  const link = encodeLink(toShared(comparison, START)).length
  const promptless = withoutPrompt(comparison)
  const bare = toShared(promptless, START)
  const tables = bare.tables.map((table) => table.map(([id]) => [id, new Uint8Array()] as const))
  const length = encodeLink(bare).length
  const text = length - encodeLink({ ...bare, tables }).length
  return { link, bare: length, text, before: linkOfPair(promptless)?.length ?? null }
}

function withoutPrompt(comparison: Comparison): Comparison {
  const lanes = comparison.lanes.map((lane) => {
    const trace = lane.trace && { ...lane.trace, header: { ...lane.trace.header, prompt: '' } }
    return { ...lane, trace }
  })
  return { ...comparison, prompt: '', lanes }
}

interface Sizes {
  readonly link: number
  readonly bare: number
  readonly text: number
  /** Without the prompt, in version 2; null where that version could not say it. */
  readonly before: number | null
}

const LENGTH = 128
/** Characters without the prompt that a pair of 128 tokens may take, and six lanes. */
const MOST = 1500
const MOST_OF_SIX = 3000

function row(title: string, comparisons: readonly Comparison[], most = MOST): string[] {
  const all = comparisons.map(sizes)
  const medianAndWorst = (of: (one: Sizes) => number | null) => {
    const values = all.map(of).filter((value) => value !== null)
    return values.length === 0 ? '–' : `${median(values)} / ${Math.max(...values)}`
  }
  return [
    title,
    String(all.length),
    medianAndWorst(({ bare }) => bare),
    medianAndWorst(({ before }) => before),
    String(most),
    medianAndWorst(({ link }) => link),
    medianAndWorst(({ text }) => text),
  ]
}

function recordings(): Comparison[] {
  let files: string[]
  try {
    files = readdirSync(new URL('public/recordings/', root)).filter(
      (file) => file.endsWith('.json') && file !== 'index.json',
    )
  } catch {
    return []
  }
  return files.flatMap((file) => {
    const decoded = decodeComparison(JSON.parse(read(`public/recordings/${file}`)))
    if (!decoded.ok) console.log(`${file}: ${decoded.message}`)
    return decoded.ok ? [decoded.comparison] : []
  })
}

const VOCABULARIES = { 1: 'the shipped vocabulary', 2: 'one twice as large' }

/** Pairs of full 128-token answers cut from prose: every strategy, every cut. */
function simulated({ alike, times }: { readonly alike: boolean; readonly times: 1 | 2 }): Comparison[] {
  const tokenizer = createTokenizer(JSON.parse(read('public/models/small/tokenizer.json')))
  const own = tokenizer.pieces.offsets.length - 1
  const size = times * own
  const prose = (files: readonly string[]) => tokenizer.encode(files.map(read).join(' ').replace(/\s+/g, ' '))
  const { ids, pieces } = inLargerVocabulary(
    prose(['LICENSE']),
    prose(['README.md', 'model/README.md', 'docs/links.md', 'docs/trace.md', 'docs/embed.md']),
    piecesOf(tokenizer.pieces),
    { size: own, wanted: size },
  )
  const cuts = Math.floor(ids.length / LENGTH) - 1
  return Array.from({ length: cuts }, (_, cut) => {
    const at = cut * LENGTH
    const diffusion = ids.slice(at, at + LENGTH)
    const other = ids.slice(at + LENGTH, at + 2 * LENGTH)
    const settings = defaultDiffusionSettings(LENGTH, STRATEGY_NAMES[cut % STRATEGY_NAMES.length]!)
    return simulateComparison({
      prompt: 'Write a short story about a red lantern and a dog.',
      diffusion,
      // Alike: the other answer goes its own way for 8 tokens of every 24.
      autoregressive: alike ? diffusion.map((id, i) => (i % 24 < 8 ? other[i]! : id)) : other,
      settings: {
        ...settings,
        blockLength: cut % 2 ? LENGTH : 32,
        seed: cut + 1,
      },
      vocabulary: { size, mask: 0, end: 1, suppressed: [0, 2, 3, 4] },
      pieces,
      passMs: 8 + cut,
    })
  })
}

/**
 * Real runs of the shipped model over canvases of 128 tokens: its prompts, every strategy, sampled at temperature
 * 0.7 with a seed each.
 */
async function realRuns(model: NodeModel, count: number): Promise<Comparison[]> {
  const runs: Comparison[] = []
  for (let at = 0; at < count; at++) {
    const { prompt } = RECORDED[at % RECORDED.length]!
    const strategy = STRATEGY_NAMES[at % STRATEGY_NAMES.length]!
    const settings = { ...defaultDiffusionSettings(LENGTH, strategy), temperature: 0.7, seed: at + 1 }
    runs.push(await compareInNode(model, prompt, settings))
  }
  return runs
}

/** Six lanes of one prompt: autoregression, and five strategies. */
async function races(model: NodeModel, count: number): Promise<Comparison[]> {
  const all: Comparison[] = []
  for (let at = 0; at < count; at++) {
    const { prompt } = RECORDED[at % RECORDED.length]!
    const settings = { ...defaultDiffusionSettings(LENGTH), temperature: 0.7, seed: at + 1 }
    const pair = await compareInNode(model, prompt, settings)
    const lanes = [...pair.lanes]
    for (const strategy of STRATEGY_NAMES.slice(1, MOST_LANES - 1)) {
      const others = { ...defaultDiffusionSettings(LENGTH, strategy), temperature: 0.7, seed: at + 1 }
      const trace = await traceOf(model, { decoder: 'diffusion', prompt, settings: others })
      lanes.push({ ...lanes[0]!, id: `lane-${lanes.length + 1}`, name: strategyOf(strategy).label, trace })
    }
    all.push({ ...pair, lanes })
  }
  return all
}

// How many real runs: `npm run bench:links -- 48`. Each takes some seconds.
const real = Number(process.argv[2] ?? 200)
const six = Math.ceil(real / 8)
const model = loadNodeModel(fileURLToPath(new URL('public/models/small', root)), { threads: 2 })
writeResult('links', `npm run bench:links${real === 200 ? '' : ` -- ${real}`}`, [
  [
    'what',
    'links',
    'characters without the prompt, median / worst',
    'the same in version 2',
    'at most',
    'with it',
    'of these the text of the tokens',
  ],
  row('recordings', recordings()),
  ...([1, 2] as const).flatMap((times) => [
    row(
      `simulated, ${VOCABULARIES[times]}, answers of prose that share two thirds`,
      simulated({ alike: true, times }),
    ),
    row(
      `simulated, ${VOCABULARIES[times]}, two unrelated answers of prose`,
      simulated({ alike: false, times }),
    ),
  ]),
  ...(real > 0
    ? [
        row('real runs over 128 positions', await realRuns(model, real)),
        row('six lanes of real runs over 128 positions', await races(model, six), MOST_OF_SIX),
      ]
    : []),
])
