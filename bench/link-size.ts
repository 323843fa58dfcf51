import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { STRATEGY_NAMES } from '../src/core/settings.ts'
import { piecesOf } from '../src/engines/model/piece-table.ts'
import { loadNodeModel } from '../src/engines/node/node-predictor.ts'
import { createTokenizer } from '../src/engines/model/tokenize.ts'
import type { Comparison } from '../src/share/comparison.ts'
import { decodeComparison } from '../src/share/comparison-file.ts'
import { encodeLink } from '../src/share/link/encode-link.ts'
import { toShared } from '../src/share/link/to-shared.ts'
import { compareInNode } from '../scripts/compare-in-node.ts'
import { RECORDED } from '../scripts/recorded-prompts.ts'
import { inLargerVocabulary } from './larger-vocabulary.ts'
import { median, writeResult } from './report.ts'
import { simulateComparison } from './simulated-comparison.ts'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** Characters behind '#': of the whole link, without the prompt, and what the text of the tokens takes. */
function sizes(comparison: Comparison): Sizes {
  const link = encodeLink(toShared(comparison, 0)).length
  const bare = toShared({ ...comparison, prompt: '' }, 0)
  const textless = { ...bare, pieces: bare.pieces.map(([id]) => [id, new Uint8Array()] as const) }
  return { link, bare: encodeLink(bare).length, text: encodeLink(bare).length - encodeLink(textless).length }
}

interface Sizes {
  readonly link: number
  readonly bare: number
  readonly text: number
}

const LENGTH = 128
/** Characters without the prompt that a pair of 128 tokens may take. */
const MOST = 1500

function row(title: string, comparisons: readonly Comparison[]): string[] {
  const all = comparisons.map(sizes)
  const medianAndWorst = (of: (one: Sizes) => number) => {
    const values = all.map(of)
    return `${median(values)} / ${Math.max(...values)}`
  }
  return [
    title,
    String(all.length),
    medianAndWorst(({ bare }) => bare),
    String(MOST),
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
    const settings = defaultDiffusionSettings(LENGTH)
    return simulateComparison({
      prompt: 'Write a short story about a red lantern and a dog.',
      diffusion,
      // Alike: the other answer goes its own way for 8 tokens of every 24.
      autoregressive: alike ? diffusion.map((id, i) => (i % 24 < 8 ? other[i]! : id)) : other,
      settings: {
        ...settings,
        strategy: STRATEGY_NAMES[cut % STRATEGY_NAMES.length]!,
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
async function realRuns(count: number): Promise<Comparison[]> {
  const model = loadNodeModel(fileURLToPath(new URL('public/models/small', root)), { threads: 2 })
  const runs: Comparison[] = []
  for (let at = 0; at < count; at++) {
    const { prompt } = RECORDED[at % RECORDED.length]!
    const strategy = STRATEGY_NAMES[at % STRATEGY_NAMES.length]!
    const settings = { ...defaultDiffusionSettings(LENGTH), strategy, temperature: 0.7, seed: at + 1 }
    runs.push(await compareInNode(model, prompt, settings))
  }
  return runs
}

// How many real runs: `npm run bench:links -- 48`. Each takes some seconds.
const real = Number(process.argv[2] ?? 200)
writeResult('links', `npm run bench:links${real === 200 ? '' : ` -- ${real}`}`, [
  [
    'what',
    'pairs',
    'characters without the prompt, median / worst',
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
  ...(real > 0 ? [row('real runs over 128 positions', await realRuns(real))] : []),
])
