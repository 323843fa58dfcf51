import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryModel, arbitrarySettings, VOCABULARY } from '../core/testing/arbitrary-run.ts'
import type { DiffusionSettings, SettingsChange } from '../core/settings.ts'
import { autoregressiveSettings } from '../core/autoregressive-settings.ts'
import { STRATEGY_NAMES, strategyOf } from '../core/strategies/strategy-of.ts'
import type { LaneEngine } from '../engines/engine.ts'
import { arbitraryEngine } from '../engines/testing/arbitrary-engine.ts'
import { decodeComparison, encodeComparison } from '../share/comparison-file.ts'
import type { Comparison, Lane } from '../share/comparison.ts'
import { decodeLink } from '../share/link/decode-link.ts'
import { encodeLink } from '../share/link/encode-link.ts'
import { fromShared } from '../share/link/from-shared.ts'
import { toShared } from '../share/link/to-shared.ts'
import { canvasAt } from '../trace/canvas.ts'
import { maskedAgain, pinned, replaced } from '../trace/edits.ts'
import { forkOf } from '../trace/fork.ts'
import { passesAt } from '../trace/passes-at.ts'
import type { EditChange, Trace } from '../trace/trace.ts'
import { forkedLane } from './fork-lane.ts'
import { runLanes, type LaneWork } from './run-lanes.ts'

const { mask } = VOCABULARY

/** A lane to its end. */
async function grown(engine: LaneEngine, work: LaneWork): Promise<Trace> {
  const around = {
    engineOf: () => Promise.resolve(engine),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    wait: false,
  }
  let trace = work.trace
  for await (const event of runLanes([work], around)) if (event.kind === 'grown') ({ trace } = event)
  return trace!
}

async function original(engine: LaneEngine, settings: DiffusionSettings, decoder: Lane['decoder']) {
  const request =
    decoder === 'diffusion'
      ? { decoder, prompt: 'p', settings }
      : { decoder, prompt: 'p', settings: autoregressiveSettings(settings) }
  const plan = { id: decoder, name: decoder, model: 'small', request } as const
  const trace = await grown(engine, { plan, trace: null })
  const lane: Lane = { id: decoder, name: decoder, decoder, trace, pieces: engine.pieces(), source: 'live' }
  const comparison: Comparison = { prompt: 'p', lanes: [lane], leader: decoder, recordedAt: null }
  return { comparison, trace }
}

const idsOf = (trace: Trace) => canvasAt(trace, trace.steps.length).positions.map(({ id }) => id)
/** Steps without their clock, which goes on. */
const timeless = ({ steps }: Trace) => steps.map((step) => ({ ...step, at: 0, passMs: 0 }))

const decoders = fc.constantFrom<Lane['decoder']>('diffusion', 'autoregressive')

test('a fork with no edit and the same settings gives the steps of the original', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitrarySettings(),
      arbitraryModel,
      decoders,
      fc.nat(),
      async (settings, model, decoder, at) => {
        const engine = arbitraryEngine(model)
        const { comparison, trace } = await original(engine, settings, decoder)
        const step = at % (trace.steps.length + 1)
        const fork = forkedLane(comparison, { lane: decoder, step, changes: [], settings: {} })!
        const again = await grown(engine, fork)
        expect(timeless(again)).toEqual(timeless(trace))
        expect(again.status).toBe('done')
      },
    ),
    { numRuns: 60 },
  )
})

const edits = fc.array(
  fc.record({
    how: fc.constantFrom('pin', 'replace', 'mask'),
    first: fc.nat(),
    length: fc.integer({ min: 1, max: 4 }),
    ids: fc.array(fc.integer({ min: 3, max: 11 }), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 4 },
)
type Edit = Parameters<Parameters<typeof edits.map>[0]>[0][number]

/** What these edits change at a step, those left out that a sentence refuses. */
function changesOf(trace: Trace, step: number, all: readonly Edit[]): EditChange[] {
  const changes = new Map<number, EditChange>()
  for (const { how, first, length, ids } of all) {
    const now = forkOf(trace, { step, changes: [...changes.values()] })
    const places = canvasAt(now, now.steps.length).positions.length
    const start = first % places
    const range = [start, Math.min(places - 1, start + length - 1)] as const
    const made =
      how === 'pin'
        ? pinned(now, range)
        : how === 'mask'
          ? maskedAgain(now, range)
          : replaced(now, range, ids, 'x')
    if (typeof made === 'string') expect(made).toMatch(/\.$/)
    else for (const change of made) changes.set(change.position, change)
  }
  return [...changes.values()].sort((a, b) => a.position - b.position)
}

const otherSettings: fc.Arbitrary<SettingsChange> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      strategy: fc.constantFrom(...STRATEGY_NAMES),
      temperature: fc.constantFrom(0, 0.7),
      seed: fc.nat(),
    },
    { requiredKeys: [] },
  ),
)

const forks = [arbitrarySettings(), arbitraryModel, fc.nat(), edits, otherSettings] as const

test('going on never touches what a person holds, nor what stood; it ends, and loses nothing in a file or a link', async () => {
  await fc.assert(
    fc.asyncProperty(...forks, async (settings, model, at, all, other) => {
      const engine = arbitraryEngine(model)
      const { comparison, trace } = await original(engine, settings, 'diffusion')
      const step = at % (trace.steps.length + 1)
      const changes = changesOf(trace, step, all)
      const fork = forkedLane(comparison, { lane: 'diffusion', step, changes, settings: other })!
      const begun = canvasAt(fork.trace, fork.trace.steps.length).positions
      const ended = await grown(engine, fork)
      expect(ended.status).toBe('done')
      const ids = idsOf(ended)
      for (const { position, id } of changes) if (id !== mask) expect(ids[position]).toBe(id)
      expect(ids).not.toContain(null)
      const now = { ...settings, ...other }
      // A strategy that revises may take back or change what it committed itself.
      if (strategyOf(now.strategy).revision === undefined) {
        begun.forEach(({ id }, position) => {
          if (id !== null) expect(ids[position]).toBe(id)
        })
        const passes = passesAt(ended, ended.steps.length) - passesAt(fork.trace, fork.trace.steps.length)
        expect(passes).toBeLessThanOrEqual(begun.filter(({ id }) => id === null).length)
      }

      const whole: Comparison = {
        ...comparison,
        lanes: [...comparison.lanes, { ...fork.lane, trace: ended }],
      }
      const file = decodeComparison(JSON.parse(JSON.stringify(encodeComparison(whole, { candidates: 3 }))))
      if (!file.ok) throw new Error(file.message)
      const link = decodeLink(encodeLink(toShared(whole, { clock: 'time', steps: [0, 0] })))
      if (!link.ok) throw new Error(link.message)
      for (const { lanes } of [file.comparison, fromShared(link.shared).comparison]) {
        expect(lanes[1]).toMatchObject({ name: 'Fork 1', parent: { lane: 'diffusion', step } })
        expect(lanes[1]!.trace!.header.settings).toEqual(ended.header.settings)
        const standing = ({ id, pinned, history }: ReturnType<typeof canvasAt>['positions'][number]) => ({
          id,
          pinned,
          steps: history.map((past) => past.step),
        })
        ended.steps.forEach((_, index) =>
          expect(canvasAt(lanes[1]!.trace!, index + 1).positions.map(standing)).toEqual(
            canvasAt(ended, index + 1).positions.map(standing),
          ),
        )
      }
    }),
    { numRuns: 80 },
  )
})

test('with tokens forced, an autoregressive lane goes on behind them', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySettings(), arbitraryModel, fc.nat(), async (settings, model, at) => {
      const engine = arbitraryEngine(model)
      const { comparison, trace } = await original(engine, settings, 'autoregressive')
      const step = at % trace.steps.length
      const changes: EditChange[] = [{ position: step, id: 7, how: 'replaced' }]
      const fork = forkedLane(comparison, { lane: 'autoregressive', step, changes, settings: {} })!
      const ids = idsOf(await grown(engine, fork))
      expect(ids.slice(0, step)).toEqual(idsOf(trace).slice(0, step))
      expect(ids[step]).toBe(7)
      expect(ids.length === settings.answerLength || ids.at(-1) === VOCABULARY.end).toBe(true)
    }),
    { numRuns: 60 },
  )
})
