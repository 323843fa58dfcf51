import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryModel, arbitrarySettings } from '../../core/testing/arbitrary-run.ts'
import { arbitraryEngine } from '../../engines/testing/arbitrary-engine.ts'
import { MOST_LANES, type Comparison, type Lane } from '../../share/comparison.ts'
import { createStores, type Stores } from '../../store/stores.ts'
import { refusingArchive } from '../../store/testing/archives.ts'
import { noServers } from '../../store/testing/scripted.ts'
import { canvasAt } from '../../trace/canvas.ts'
import type { Range } from '../../trace/edits.ts'
import { forkOf } from '../../trace/fork.ts'
import { goOnFrom, maskAgain, pin, replace, tokensOf, type Handled } from './act.ts'

/** All stores of a page on a model of this page that answers at once. */
function pageOn(model: Parameters<typeof arbitraryEngine>[0]): Stores {
  let clock = 0
  return createStores({
    openEngine: () => Promise.resolve(arbitraryEngine(model)),
    servers: noServers,
    now: () => ++clock,
    today: () => new Date(++clock * 1000).toISOString(),
    openArchive: () => Promise.resolve(refusingArchive().archive),
    address: '',
    sources: {
      recording: () => Promise.reject(new Error('none')),
      readLink: () => Promise.reject(new Error('none')),
      readText: () => Promise.reject(new Error('none')),
      isStill: () => true,
    },
  })
}

const acts = fc.record({
  what: fc.constantFrom(
    ...(['run', 'pin', 'pin', 'mask', 'mask', 'candidate', 'type', 'type'] as const),
    ...([
      'undo',
      'redo',
      'go',
      'go',
      'go',
      'close',
      'reopen',
      'stop',
      'resume',
      'step',
      'settings',
      'leave',
    ] as const),
  ),
  lane: fc.nat(5),
  at: fc.nat(),
  first: fc.nat(),
  length: fc.integer({ min: 1, max: 3 }),
  text: fc.constantFrom('a', 'dog', 'purple', '', '🙂'),
  waits: fc.integer({ min: 0, max: 30 }),
})
type Act = Parameters<Parameters<typeof acts.map>[0]>[0]

const handled = (lane: Lane | undefined, at: number): Handled | null =>
  lane?.trace ? { lane, trace: lane.trace, step: at % (lane.trace.steps.length + 1) } : null

async function perform(stores: Stores, { what, lane: nth, at, first, length, text }: Act): Promise<void> {
  const { run, hands, recipe, playback } = stores
  const lanes = run.getState().shown?.lanes ?? []
  const lane = lanes[nth % Math.max(1, lanes.length)]
  const on = handled(lane, at)
  const places = on ? canvasAt(on.trace, on.step).positions.length : 0
  const start = first % Math.max(1, places)
  const range: Range = [start, Math.min(Math.max(0, places - 1), start + length - 1)]
  const told = (sentence: string | null) => sentence === null || expect(sentence).toMatch(/[.…]$/)
  switch (what) {
    case 'run':
      return void run.getState().start(recipe.getState())
    case 'stop':
      return run.getState().stop()
    case 'resume':
      return void run.getState().goOn()
    case 'step':
      return playback.getState().goTo(at % 50)
    case 'reopen':
      return run.getState().reopen()
  }
  if (on === null || lane === undefined) return
  switch (what) {
    case 'pin':
      return void told(pin(stores, on, range))
    case 'mask':
      return void told(maskAgain(stores, on, range))
    case 'candidate':
      return void told(replace(stores, on, range, { ids: [3 + (at % 9)], text: 'x' }))
    case 'type': {
      const tokens = await tokensOf(stores, lane, text, () => undefined)
      return void told(typeof tokens === 'string' ? tokens : replace(stores, on, range, tokens))
    }
    case 'undo':
      return hands.getState().undo(lane.id)
    case 'redo':
      return hands.getState().redo(lane.id)
    case 'settings':
      return hands.getState().set(lane.id, { seed: at % 9, temperature: 0.5 })
    case 'leave':
      return hands.getState().drop(lane.id)
    case 'close':
      return run.getState().close(lane.id)
    case 'go':
      hands.getState().begin(lane.id, on.step)
      return void told(await goOnFrom(stores, lane))
  }
}

/** What holds of every comparison that is shown. */
function demandSound(shown: Comparison | null): void {
  if (shown === null) return
  const ids = shown.lanes.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeLessThanOrEqual(MOST_LANES)
  expect(ids).toContain(shown.leader)
  for (const { id, trace, parent } of shown.lanes) {
    if (parent !== undefined) expect(ids).toContain(parent.lane)
    expect(parent?.lane).not.toBe(id)
    trace?.steps.forEach(({ step }, at) => expect(step).toBe(at + 1))
    if (trace) canvasAt(trace, trace.steps.length)
  }
}

/** No step of a lane that is still there is lost, and no lane but one that was closed. */
function demandNothingLost(before: Comparison | null, now: Comparison | null, what: Act['what']): void {
  if (before === null || what === 'run') return
  for (const { id, trace } of before.lanes) {
    const lane = now?.lanes.find((each) => each.id === id)
    if (what !== 'close') expect(lane).toBeDefined()
    trace?.steps.forEach((step, at) => lane && expect(lane.trace?.steps[at]).toBe(step))
  }
}

test('no script of edits and runs loses anything or throws', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitrarySettings(),
      arbitraryModel,
      fc.array(acts, { minLength: 10, maxLength: 40 }),
      async (settings, model, script) => {
        const stores = pageOn(model)
        stores.recipe.setState({ settings, prompt: 'p' })
        void stores.run.getState().start(stores.recipe.getState())
        for (const act of script) {
          // A run that was begun takes the place of what is shown with its first step.
          const { begun, shown: before } = stores.run.getState()
          const isTaking = begun !== null && before?.recordedAt !== begun
          await perform(stores, act)
          for (let turn = 0; turn < act.waits; turn++) await Promise.resolve()
          const { shown } = stores.run.getState()
          demandSound(shown)
          const isOther = isTaking || before?.recordedAt !== shown?.recordedAt
          if (!isOther) demandNothingLost(before, shown, act.what)
          for (const draft of Object.values(stores.hands.getState().drafts)) {
            expect(draft.step).toBeLessThanOrEqual(draft.trace.steps.length)
          }
        }
        await new Promise((resolve) => setTimeout(resolve))
        demandSound(stores.run.getState().shown)
      },
    ),
    { numRuns: 200 },
  )
})

test('edits that are undone leave nothing behind, and come back when they are done again', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitrarySettings(),
      arbitraryModel,
      fc.array(acts, { maxLength: 8 }),
      fc.nat(),
      async (settings, model, script, at) => {
        const stores = pageOn(model)
        stores.recipe.setState({ settings, prompt: 'p' })
        await stores.run.getState().start(stores.recipe.getState())
        const lane = stores.run.getState().shown!.lanes[0]!
        const on = handled(lane, at)!
        const untouched = forkOf(on.trace, { step: on.step, changes: [] })
        stores.hands.getState().begin(lane.id, on.step)
        const draft = () => stores.hands.getState().drafts[lane.id]!
        const traces = [draft().trace]
        for (const act of script) {
          if (!['pin', 'mask', 'candidate', 'type'].includes(act.what)) continue
          const { past } = draft()
          await perform(stores, { ...act, lane: 0, at: on.step })
          if (draft().past.length > past.length) traces.push(draft().trace)
        }
        for (let index = traces.length - 1; index > 0; index--) {
          expect(draft().trace).toEqual(traces[index])
          stores.hands.getState().undo(lane.id)
        }
        expect(draft().trace).toEqual(untouched)
        for (const trace of traces.slice(1)) {
          stores.hands.getState().redo(lane.id)
          expect(draft().trace).toEqual(trace)
        }
      },
    ),
    { numRuns: 60 },
  )
})
