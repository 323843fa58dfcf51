import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { importFile } from './import-file.ts'
import type { Source } from '../comparison.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'

/** The one lane of an imported run. */
interface ImportedRun {
  readonly trace: Trace
  readonly pieces: Pieces
  readonly source: Source
  readonly notes: readonly string[]
}

function runOf(text: string): ImportedRun {
  const imported = importFile(text)
  if (!imported.ok) throw new Error(imported.message)
  const { comparison, notes } = imported
  const [lane, ...others] = comparison.lanes
  expect(others).toEqual([])
  expect(comparison).toMatchObject({ leader: 'diffusion', recordedAt: null })
  expect(lane).toMatchObject({ id: 'diffusion', name: 'Diffusion', decoder: 'diffusion' })
  return { trace: lane!.trace!, pieces: lane!.pieces, source: lane!.source, notes }
}

const knownOf = ({ trace }: ImportedRun) => trace.header.knowledge

function refusal(value: unknown): string {
  const imported = importFile(typeof value === 'string' ? value : JSON.stringify(value))
  return imported.ok ? 'it was read' : imported.message
}

/** States of the cells, a letter each, at every step. */
function states({ trace }: ImportedRun): string[] {
  return Array.from({ length: trace.steps.length + 1 }, (_, step) =>
    frameAt(trace, step)
      .cells.map(({ state }) => state[0])
      .join(''),
  )
}

function answer({ trace, pieces }: ImportedRun): string {
  return answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary)
}

describe('a list of canvases', () => {
  it('of texts becomes a run whose steps are the differences', () => {
    const run = runOf(
      JSON.stringify([
        ['[MASK]', '[MASK]', '[MASK]', '[MASK]'],
        ['[MASK]', ' b', '[MASK]', '</s>'],
        ['a', ' b', '[MASK]', '</s>'],
        ['a', '[MASK]', ' c', '</s>'],
        ['a', ' x', ' d', '</s>'],
      ]),
    )
    expect(states(run)).toEqual(['mmmm', 'mcme', 'ccme', 'cmce', 'crre'])
    expect(answer(run)).toBe('a x d')
    expect(run.source).toBe('derived')
    expect(run.trace.header.knowledge).toEqual({
      ...{ confidence: false, candidates: false, guesses: false, reasons: false, clock: false },
      steps: 'pass',
    })
    const rules = run.trace.steps.map(({ commits }) => commits.map(({ reason }) => reason.rule))
    expect(rules.slice(1, 3)).toEqual([['unknown'], ['taken-back', 'unknown']])
    expect(
      run.trace.steps.flatMap(({ commits }) => commits).every(({ probability }) => Number.isNaN(probability)),
    ).toBe(true)
    expect(frameAt(run.trace, 2).cells[0]).not.toHaveProperty('confidence')
  })

  it('of ids finds the mask and the prompt, and says so', () => {
    const mask = 126_336
    const run = runOf(
      JSON.stringify({
        histories: [[[5, 6, mask, mask, mask]], [[5, 6, mask, 8, mask]], [[5, 6, 7, 8, 9]]],
        pieces: { 7: 'seven ', 8: 'eight ', 9: 'nine' },
        prompt: 'five six',
      }),
    )
    expect(states(run)).toEqual(['mmm', 'mcm', 'ccc'])
    expect(run.trace.header).toMatchObject({ prompt: 'five six', promptIds: [5, 6], vocabulary: { mask } })
    expect(answer(run)).toBe('seven eight nine')
    expect(run.notes.join(' ')).toMatch(/mask was taken to be 126336.*first 2 tokens/)
  })

  it('finds a mask that is not the commonest token, since it alone vanishes', () => {
    const mask = 156_895
    const start = [198, 198, 198, 198, 198, 5]
    const run = runOf(
      JSON.stringify({
        histories: [
          [...start, mask, mask, mask],
          [...start, 21, mask, mask],
          [...start, 21, 22, 23],
        ],
      }),
    )
    expect(run.trace.header).toMatchObject({ promptIds: start, vocabulary: { mask } })
    expect([states(run), run.trace.status]).toEqual([['mmm', 'cmm', 'ccc'], 'done'])
    expect(run.notes.join(' ')).toContain('mask was taken to be 156895')
  })

  it.each<[(number | string | null)[][], number | null]>([
    // Some tokens stand already, one is taken back, one is edited.
    [
      [
        [7, 9, 9, 9, 9, 8],
        [7, 1, 9, 9, 9, 8],
        [9, 1, 2, 9, 9, 3],
        [4, 1, 2, 5, 6, 3],
      ],
      9,
    ],
    // A known mask of another model stands in the prompt as a token.
    [
      [
        [126_336, 77, 77, 77],
        [126_336, 1, 77, 77],
        [126_336, 1, 2, 3],
      ],
      77,
    ],
    [
      [
        [5, 5, 5, 9],
        [5, 5, 5, 1],
      ],
      9,
    ],
    [[[126_336, 3]], 126_336],
    [
      [
        ['x', null, null],
        ['x', 'y', null],
      ],
      null,
    ],
  ])('finds the mask of %j', (histories, mask) => {
    const { trace, pieces, notes } = runOf(JSON.stringify(histories))
    expect(notes.join(' ')).toContain(`The mask was taken to be ${JSON.stringify(mask)}.`)
    const shown = frameAt(trace, trace.steps.length)
      .cells.filter(({ state }) => state !== 'masked')
      .map(({ id }) => new TextDecoder().decode(pieces(id!)))
    expect(shown).not.toContain(`[${mask}]`)
  })

  it.each([
    [
      [
        ['pear', ' in', ' blue', ' at'],
        ['The', ' in', ' sat', ' at'],
        ['The', ' cat', ' sat', '.'],
      ],
    ],
    // Letters at random, of which some are alike.
    [
      [
        ['a', 'b', 'a', 'c', 'd', 'e'],
        ['t', 'b', 'h', 'c', 'd', 'x'],
        ['t', 'h', 'e', ' ', 'o', 'x'],
      ],
    ],
    [
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
    ],
    [[['a', 'a', 'b']]],
  ])('takes no token for a mask that is none: %j', (histories) => {
    const run = runOf(JSON.stringify(histories))
    const { trace, pieces } = run
    const texts = histories.map((_, at) =>
      answerText(frameAt(trace, at + 1), pieces, trace.header.vocabulary),
    )
    expect(texts).toEqual(histories.map((canvas) => canvas.join('')))
    expect(states(run).slice(1).join('')).not.toContain('m')
    expect([trace.status, run.notes.join(' ')]).toEqual(['done', expect.stringContaining('No token behaves')])
  })

  it('takes null for what is not said, and every spelling of an end for one', () => {
    const run = runOf(
      JSON.stringify({
        ...{ prompt: null, promptLength: null, mask: null, end: null, pieces: null, model: null },
        histories: [
          ['[MASK]', '[MASK]', '[MASK]', '[MASK]'],
          ['Paris', '.', '<|eot_id|>', '<|endoftext|>'],
        ],
      }),
    )
    expect([answer(run), states(run).at(-1)]).toEqual(['Paris.', 'ccee'])
  })

  it('that begins behind the first step has that step', () => {
    const run = runOf(
      JSON.stringify({
        histories: [
          [1, 9],
          [1, 2],
        ],
        mask: 9,
        end: 2,
        promptLength: 0,
      }),
    )
    expect(states(run)).toEqual(['mm', 'cm', 'ce'])
    expect(answer(run)).toBe('[1]')
    expect(run.notes.join(' ')).toContain('no text')
  })

  it.each([
    ['no canvas', [], 'histories.0'],
    ['an empty canvas', [[]], 'histories.0'],
    ['canvases of unlike lengths', [[1, 2], [1]], 'histories.1'],
    ['no list', { histories: 3 }, 'histories'],
    ['a canvas that is none', [[1], { a: 1 }], 'histories.1'],
    ['a batch', [[[1], [2]]], 'histories.0'],
    ['a negative id', [[1, -2]], 'histories.0'],
    ['a prompt that leaves nothing', { histories: [[1, 2]], promptLength: 2 }, 'promptLength'],
    ['too many positions', [Array.from({ length: 5000 }, () => 1)], 'histories.0'],
    ['too many canvases', Array.from({ length: 9000 }, () => [1]), 'histories'],
  ])('is refused with a path: %s', (_, value, path) => {
    expect(refusal(value)).toMatch(new RegExp(`^This file cannot be read\\. ${path}[.:\\d]`))
  })
})

/** A small trace as the schema describes it: a prompt, three slots, a proposal, a renoised token. */
const VIZ = {
  schemaVersion: '0.1',
  traceId: 'small',
  source: { adapter: 'by-hand', adapterVersion: '1' },
  model: { name: 'Somebody/model', revision: 'main' },
  tokenizer: { name: 't', vocabSize: 50, maskTokenId: 49 },
  geometry: { timeDomain: 'discrete', stateSpace: 'token', generationMode: 'full-sequence' },
  generation: { totalSteps: 3, blockLength: 3, seed: 7, temperature: 0.5 },
  provenance: { mode: 'measured' },
  prompt: { text: 'Count.', tokenIds: [40] },
  initial: {
    checkpointId: 'start',
    frameOrdinal: -1,
    slots: [
      { slotId: 'p', index: 0, state: 'prompt', region: 'prompt', text: 'Count.' },
      { slotId: 'a', index: 1, state: 'masked', region: 'completion' },
      { slotId: 'b', index: 2, state: 'masked', region: 'completion' },
      { slotId: 'c', index: 3, state: 'masked', region: 'completion' },
    ],
  },
  frames: [
    { frameId: 'f0', ordinal: 0, kind: 'initial', operations: [] },
    {
      frameId: 'f1',
      ordinal: 1,
      kind: 'denoise',
      timestampMs: 20,
      operations: [
        {
          type: 'set-distribution',
          slotId: 'b',
          candidates: [
            { tokenId: 2, text: ' two', probability: 0.6, rank: 0 },
            { tokenId: 3, text: ' three', probability: 0.3, rank: 1 },
          ],
          entropy: 0.9,
        },
        { type: 'commit', slotId: 'b', tokenId: 2, text: ' two', confidence: 0.6 },
        { type: 'set-token', slotId: 'c', tokenId: 5, text: ' five', state: 'proposed', confidence: 0.5 },
        { type: 'set-scalar', name: 'loss', value: 1 },
      ],
    },
    {
      frameId: 'f2',
      ordinal: 2,
      kind: 'renoise',
      timestampMs: 30,
      operations: [{ type: 'renoise', slotId: 'b', previousTokenId: 2 }],
    },
    {
      frameId: 'f3',
      ordinal: 3,
      kind: 'denoise',
      timestampMs: 50,
      operations: [
        { type: 'mask', slotId: 'b' },
        { type: 'commit', slotId: 'a', tokenId: 1, text: 'one', confidence: 0.9 },
        { type: 'commit', slotId: 'b', tokenId: 4, text: ' two!', confidence: 0.8 },
        {
          type: 'set-token',
          slotId: 'c',
          text: '<|endoftext|>',
          tokenId: 6,
          state: 'committed',
          confidence: 1,
        },
      ],
    },
    {
      frameId: 'f4',
      ordinal: 4,
      kind: 'final',
      timestampMs: 60,
      operations: [{ type: 'set-token', slotId: 'a', state: 'fixed' }],
    },
  ],
}

describe('a trace of dllm-viz', () => {
  it('keeps its commits, guesses, candidates, times and provenance', () => {
    const run = runOf(JSON.stringify(VIZ))
    expect(states(run)).toEqual(['mmm', 'mcg', 'mmm', 'cre'])
    expect(answer(run)).toBe('one two!')
    expect(run.source).toBe('recorded')
    const { knowledge } = run.trace.header
    expect(knowledge).toMatchObject({ confidence: true, clock: true, candidates: true, guesses: true })
    expect(knowledge.reasons).toBe(false)
    expect(run.trace.steps.map(({ at }) => at)).toEqual([20, 30, 50])
    expect(run.trace.header).toMatchObject({
      prompt: 'Count.',
      promptIds: [40],
      settings: { blockLength: 3, seed: 7, temperature: 0.5 },
      model: { name: 'Somebody/model' },
    })
    const [first] = run.trace.steps
    expect([...first!.positions]).toEqual([1, 2])
    expect(first!.k).toBe(1)
    expect(first!.entropy[0]).toBeCloseTo(0.9)
    expect(first!.entropy[1]).toBeNaN()
    expect(run.trace.steps[2]!.commits.find(({ position }) => position === 1)!.previous).toBe(49)
  })

  it('keeps a slot’s token where an operation changes its state alone', () => {
    const token = { tokenId: 7, text: ' yes' }
    const frames = (...operations: object[]) =>
      operations.map((operation, at) => ({
        ...{ frameId: `f${at}`, ordinal: at, kind: 'denoise', timestampMs: at },
        operations: [{ slotId: 'a', ...operation }],
      }))
    const set = (more: object) => ({ type: 'set-token', ...more })
    const proposed = set({ ...token, state: 'proposed', confidence: 0.6 })
    const end = (...operations: object[]) => {
      const run = runOf(JSON.stringify({ ...VIZ, frames: frames(...operations) }))
      const last = frameAt(run.trace, run.trace.steps.length).cells[0]!
      return [
        states(run)
          .map((letters) => letters[0])
          .join(''),
        answer(run),
        last.confidence,
      ]
    }
    expect(end(proposed, set({ state: 'committed', confidence: 0.9 }), set({ state: 'fixed' }))).toEqual([
      'mgcc',
      ' yes',
      0.9,
    ])
    expect(end(proposed, set({ state: 'fixed' }))).toEqual(['mgc', ' yes', undefined])
    expect(end(set({ text: ' yes', state: 'proposed' }), set({ state: 'committed' }))).toEqual([
      ...['mmc', ' yes', undefined],
    ])
    // A token alone keeps the state; a renoised slot keeps its token, a masked one loses it.
    const committed = { type: 'commit', ...token, confidence: 1 }
    expect(end(committed, set({ tokenId: 8, text: ' no' }))).toEqual(['mcr', ' no', undefined])
    expect(end(committed, { type: 'renoise' }, set({ state: 'committed', confidence: 0.5 }))).toEqual([
      ...['mcmc', ' yes', 0.5],
    ])
    expect(end(committed, { type: 'mask' }, set({ state: 'committed' }))).toEqual(['mcmm', '', undefined])
    expect(end(committed, set({ state: 'masked' }), set({ state: 'fixed' }))[1]).toBe(' yes')
    // What stood under a mask from the start comes to light.
    const hidden = VIZ.initial.slots.map((slot) => (slot.slotId === 'a' ? { ...slot, ...token } : slot))
    const run = runOf(
      JSON.stringify({
        ...VIZ,
        initial: { ...VIZ.initial, slots: hidden },
        frames: frames(set({ state: 'committed' })),
      }),
    )
    expect([states(run), answer(run)]).toEqual([['mmm', 'cmm'], ' yes'])
  })

  it.each([
    ['negative-entropy', -0.4, undefined],
    ['margin', 0.4, undefined],
    ['custom', 0.4, undefined],
    ['max-prob', 0.4, 0.4],
    [undefined, 0.4, 0.4],
    [undefined, -1.7, undefined],
    ['max-prob', 17, undefined],
    [undefined, 1.0000001, 1],
  ])(
    'takes confidences of the type %s, such as %d, for the probability %d',
    (confidenceType, confidence, known) => {
      const operations = [
        { type: 'commit', slotId: 'a', tokenId: 3, text: 'a', confidence, selectionRank: -1 },
        { type: 'commit', slotId: 'b', tokenId: 4, text: ' b', confidence },
      ]
      const run = runOf(
        JSON.stringify({
          ...VIZ,
          tokenizer: { name: 't', vocabSize: 50, maskTokenId: -1, specialTokenIds: [-1] },
          generation: { confidenceType, totalSteps: -1, topK: -1, blockLength: -1 },
          frames: [{ ...VIZ.frames[1], operations }],
        }),
      )
      for (const cell of frameAt(run.trace, 1).cells.slice(0, 2)) expect(cell.confidence).toBe(known)
      expect(knownOf(run).confidence).toBe(known !== undefined)
      expect(run.notes.join(' ').includes('no probabilities')).toBe(known === undefined)
      const all = run.trace.steps.flatMap(({ commits }) => commits.map(({ probability }) => probability))
      expect(all.every((share) => Number.isNaN(share) || (share >= 0 && share <= 1))).toBe(true)
    },
  )

  it('is read behind a byte order mark', () => {
    for (const text of [
      JSON.stringify(VIZ),
      JSON.stringify([
        [1, 1],
        [1, 2],
      ]),
    ]) {
      expect(states(runOf(`\ufeff${text}`))).toEqual(states(runOf(text)))
    }
  })

  it('is read from lines of JSON too', () => {
    const { frames, ...metadata } = VIZ
    const lines = [
      { type: 'metadata', trace: metadata },
      ...frames.map((frame) => ({ type: 'frame', frame })),
    ]
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    expect(states(runOf(text))).toEqual(states(runOf(JSON.stringify(VIZ))))
  })

  it('that is made up is labelled so, and one without times says it', () => {
    const frames = VIZ.frames.map((frame) => ({ ...frame, timestampMs: undefined }))
    const run = runOf(JSON.stringify({ ...VIZ, frames, provenance: { mode: 'illustrative' } }))
    expect(run.source).toBe('illustrative')
    expect(run.trace.header.knowledge.clock).toBe(false)
    expect(run.notes.join(' ')).toContain('no times')
  })

  const withOperation = (operation: object) => ({
    ...VIZ,
    frames: [VIZ.frames[0], { ...VIZ.frames[1], operations: [operation] }],
  })
  it.each([
    ['another version', { ...VIZ, schemaVersion: '0.2' }, 'schemaVersion: only version 0.1'],
    ['no frames', { ...VIZ, frames: undefined }, 'frames: '],
    ['an unknown operation', withOperation({ type: 'dance', slotId: 'a' }), 'frames.1.operations.0.type: '],
    [
      'a commit without an id',
      withOperation({ type: 'commit', slotId: 'a' }),
      'frames.1.operations.0.tokenId: ',
    ],
    [
      'an unknown slot',
      withOperation({ type: 'mask', slotId: 'z' }),
      'frames.1.operations.0.slotId: there is no slot "z"',
    ],
    [
      'slots that move',
      withOperation({ type: 'move-slot', slotId: 'a' }),
      'frames.1.operations.0: "move-slot"',
    ],
    ['no answer', { ...VIZ, initial: { ...VIZ.initial, slots: [] } }, 'initial.slots: '],
  ])('is refused with a path: %s', (_, value, path) => {
    expect(refusal(value)).toContain(`This file cannot be read. ${path}`)
  })
})

describe('any other file', () => {
  it.each([
    ['nothing', ''],
    ['prose', 'Dear diary'],
    ['a number', '3'],
    ['null', 'null'],
    ['an object of something else', '{"a":1}'],
    ['half of a file', JSON.stringify(VIZ).slice(0, 900)],
    ['a strange version', '{"version":99}'],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000)],
    [
      'deep nesting in a field',
      `{"schemaVersion":"0.1","frames":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ],
    ['lines that are no objects', '1\n2\n3'],
  ])('is refused with a sentence: %s', (_, text) => {
    expect(refusal(text)).toMatch(/^This (file|recording) cannot be read.*\.$/s)
  })

  it('of more than 10 MB is refused', () => {
    expect(refusal(`[${'1,'.repeat(6_000_000)}1]`)).toContain('larger than 10 MB')
  })

  // Checking without bounds would take hours, whatever the machine.
  it('of nearly 10 MB, and hostile, is refused within the limit of a test', { timeout: 120_000 }, () => {
    expect(refusal(`{"histories":[${'[1,[2]],'.repeat(1_200_000)}[1]]}`)).toContain('histories.0')
    expect(refusal(`[${'[0],'.repeat(2_400_000)}[1]]`)).toContain('at most')
  })
})
