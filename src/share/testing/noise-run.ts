import type { Commit } from '../../core/step-event.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace, TraceStep } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'

/** Words by their ids; a made-up vocabulary without a mask. */
const WORDS = [
  ' noise',
  '',
  'The',
  ' lamp',
  ' is',
  ' red',
  '.',
  ' It',
  ' burns',
  'ß',
  ' kelp',
  ' 9',
  '漢',
  ' old',
]

const END = 1

const pieces: Pieces = (id) => new TextEncoder().encode(WORDS[id] ?? '')

/** What one step said of each position, how surely, and what it left standing there. */
interface Row {
  readonly said: number
  readonly confidence: number
  /** Its token is kept for the next step; otherwise this one is thrown. */
  readonly next: 'kept' | number
}

/** One step over a canvas of a model of uniform noise: some positions are accepted, the others are thrown anew. */
function pass(
  step: number,
  canvas: readonly number[],
  block: readonly [number, number],
  rows: readonly Row[],
  rule: 'threshold' | 'at-least-one' = 'threshold',
): TraceStep {
  const positions = Int32Array.from(rows, (_, row) => block[0] + row)
  const accepted = rows.filter(({ next }) => next === 'kept').length
  const order = [...rows.keys()].sort((a, b) => {
    const kept = (row: number) => Number(rows[row]!.next !== 'kept')
    return kept(a) - kept(b) || rows[b]!.confidence - rows[a]!.confidence
  })
  const commits = order.map((row, rank): Commit => {
    const { said, confidence, next } = rows[row]!
    const position = block[0] + row
    const base = { position, previous: canvas[position]!, rank: rank + 1 }
    if (next !== 'kept') return { ...base, id: next, probability: NaN, reason: { rule: 'noise' } }
    const of = rows.length
    const reason = rule === 'threshold' ? { rule, threshold: 0.9, of } : { rule, of }
    return { ...base, id: said, probability: confidence, reason }
  })
  return {
    step,
    at: step * 100,
    passMs: 90,
    block,
    positions,
    k: 2,
    ids: Int32Array.from(rows.flatMap(({ said }) => [said, (said + 1) % WORDS.length])),
    logProbs: Float32Array.from(
      rows.flatMap(({ confidence }) => [Math.log(confidence), Math.log((1 - confidence) / 2)]),
    ),
    entropy: Float32Array.from(rows, ({ confidence }) => 1 - confidence),
    guesses: Int32Array.from(rows, ({ said }) => said),
    confidence: Float32Array.from(rows, ({ confidence }) => confidence),
    order: Int32Array.from(rows, (_, row) => (row < accepted ? order.indexOf(row) + 1 : 0)),
    commits,
  }
}

const row = (said: number, confidence: number, next: Row['next'] = 'kept'): Row => ({
  said,
  confidence,
  next,
})

/** What stands after a step. */
function after(canvas: readonly number[], { commits, splices = [] }: TraceStep): number[] {
  const next = [...canvas]
  for (const { at, removed, inserted } of splices) {
    next.splice(at, removed, ...new Array<number>(inserted).fill(END))
  }
  for (const { position, id } of commits) next[position] = id
  return next
}

/**
 * A run without a mask, written by hand: two canvases of four positions, one after the other. Every position always
 * holds a token; a step reads one canvas and says another, accepts some positions and throws the others anew; what was
 * accepted in step 1 is thrown away in step 2 and comes back otherwise; step 4 puts the second canvas in behind the
 * first; step 7 takes a position out; then a person replaces a token, and the last step accepts what it says.
 */
function steps(start: readonly number[]): TraceStep[] {
  const all: TraceStep[] = []
  let canvas = start
  const take = (step: TraceStep) => {
    all.push(step)
    canvas = after(canvas, step)
  }
  const first = [0, 4] as const
  const second = [4, 8] as const
  take(pass(1, canvas, first, [row(2, 0.95), row(10, 0.92), row(4, 0.4, 9), row(6, 0.3, 12)]))
  take(pass(2, canvas, first, [row(2, 0.97), row(3, 0.6, 11), row(4, 0.91), row(5, 0.5, 10)]))
  take(pass(3, canvas, first, [row(2, 0.99), row(3, 0.98), row(4, 0.99), row(5, 0.97)]))
  const opened = pass(4, [...canvas, 0, 0, 0, 0], second, [])
  take({
    ...opened,
    splices: [{ at: 4, removed: 0, inserted: 4 }],
    commits: [9, 12, 11, 10].map((id, at) => ({
      ...{ position: 4 + at, id, previous: END, probability: NaN, rank: at + 1 },
      reason: { rule: 'noise' as const },
    })),
  })
  const hardest = [row(6, 0.8), row(7, 0.5, 10), row(8, 0.4, 9), row(6, 0.2, 12)]
  take(pass(5, canvas, second, hardest, 'at-least-one'))
  take({ ...pass(6, canvas, second, [row(6, 0.99), row(7, 0.95), row(8, 0.94), row(6, 0.93)]) })
  take({ ...pass(7, canvas, [0, 7], []), splices: [{ at: 1, removed: 1, inserted: 0 }] })
  const blank = pass(8, canvas, [0, 7], [])
  take({
    ...blank,
    at: 700,
    passMs: 0,
    edit: true,
    k: 1,
    commits: [
      { position: 2, id: 13, previous: canvas[2]!, probability: NaN, rank: 1, reason: { rule: 'replaced' } },
    ],
  })
  take({
    ...pass(9, canvas, [4, 7], [row(7, 0.99), row(8, 0.99), row(END, 0.96)]),
    at: 800,
  })
  return all
}

const NOISE = [10, 9, 12, 11]

/** The run of `steps`, as a trace. */
export const noiseTrace: Trace = {
  header: {
    decoder: 'diffusion',
    prompt: 'What does the lamp do?',
    promptIds: [],
    vocabulary: { size: WORDS.length, mask: null, end: END, suppressed: [] },
    model: { name: 'by-hand', revision: '', parameters: 0, precision: 'unknown' },
    device: { backend: 'remote', label: 'Written by hand' },
    knowledge: {
      confidence: true,
      candidates: true,
      guesses: true,
      reasons: true,
      clock: true,
      steps: 'pass',
    },
    settings: {
      strategy: 'threshold',
      answerLength: 4,
      blockLength: 4,
      temperature: 0,
      topK: 8,
      seed: 1,
      threshold: 0.9,
    },
    canvas: { ids: NOISE, given: [] },
  },
  steps: steps(NOISE),
  status: 'done',
}

/** It alone, as a comparison. */
export const noiseComparison: Comparison = {
  prompt: noiseTrace.header.prompt,
  leader: 'diffusion',
  recordedAt: '2026-11-27T00:00:00.000Z',
  lanes: [
    {
      id: 'diffusion',
      name: 'Diffusion',
      decoder: 'diffusion',
      source: 'illustrative',
      trace: noiseTrace,
      pieces,
    },
  ],
}
