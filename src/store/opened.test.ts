import { expect, test } from 'vitest'
import { fromShared } from '../share/link/from-shared.ts'
import { toShared } from '../share/link/to-shared.ts'
import { openComparison, openLinked, runHere } from './open-comparison.ts'
import { comparisonOf } from './comparison-of.ts'
import { createStores } from './stores.ts'
import { eventsOf, scriptedEngine, shownOfTraces, traceOf, noServers } from './testing.ts'

function page() {
  let clock = 0
  const engine = scriptedEngine(({ decoder, prompt, settings }) =>
    eventsOf(decoder, [5, 10, 15], prompt).map((event) =>
      event.kind === 'start'
        ? { ...event, header: { ...event.header, settings } as typeof event.header }
        : event,
    ),
  )
  const stores = createStores({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
    reading: false,
    openArchive: () => Promise.reject(new Error('none')),
  })
  return { engine, stores }
}

const COMPARISON = comparisonOf(
  shownOfTraces(traceOf('diffusion', [1, 2, 3, 4]), traceOf('autoregressive', [1, 2])),
)!

const link = (lockStep: boolean) => ({
  comparison: COMPARISON,
  playhead: 2,
  caption: 'Look here',
  teacher: { hideControls: false, lockStep },
})

test('a link is shown on the sender’s step, with its prompt and settings for the next run', () => {
  const { stores } = page()
  openLinked(stores, link(false))
  expect(stores.run.getState().shown).toMatchObject({ source: 'shared', prompt: 'p' })
  expect(stores.playback.getState()).toMatchObject({ step: 2, playing: false, locked: false })
  expect(stores.recipe.getState()).toMatchObject({ prompt: 'p', settings: { answerLength: 4 } })
})

test('a locked step holds against everything but something else to show', () => {
  const { stores } = page()
  openLinked(stores, link(true))
  const { play, goTo, stepBy, toggle } = stores.playback.getState()
  play()
  toggle()
  goTo(4)
  stepBy(-1)
  expect(stores.playback.getState()).toMatchObject({ step: 2, playing: false })
  openLinked(stores, link(false))
  stores.playback.getState().goTo(4)
  expect(stores.playback.getState().step).toBe(4)
})

test('the recipe runs here, and the sender’s run is kept beside it until something else is shown', async () => {
  const { engine, stores } = page()
  openLinked(stores, link(false))
  const sender = stores.opened.getState().opened!.shown
  const going = runHere(stores)
  await engine.release(10)
  await going
  const { live } = stores.opened.getState()
  expect(live).toBe(stores.run.getState().shown)
  expect(live?.traces.diffusion?.header.settings).toEqual(sender.traces.diffusion?.header.settings)
  stores.run.getState().open(sender)
  expect(stores.opened.getState()).toMatchObject({ opened: { shown: sender }, live })
  stores.run.getState().open(shownOfTraces(traceOf('diffusion', [1]), null))
  expect(stores.opened.getState()).toMatchObject({ opened: null, live: null })
})

test('a lane that never ran stays away through a comparison, a growing one goes no further', () => {
  const shown = shownOfTraces(traceOf('diffusion', [1, 2], 'running'), null)
  const comparison = comparisonOf(shown)!
  expect(comparison.diffusion.status).toBe('stopped')
  expect(comparison.autoregressive.steps).toEqual([])
  expect(comparisonOf(shownOfTraces(null, null))).toBeNull()
})

test('what was derived stays derived through a file and through a link', () => {
  const { stores } = page()
  const shown = {
    ...shownOfTraces(traceOf('diffusion', [0, 0]), null),
    source: 'derived',
    lacks: ['reasons'],
  } as const
  const comparison = comparisonOf(shown)!
  openComparison(stores, comparison)
  expect(stores.run.getState().shown).toMatchObject({ source: 'derived', lacks: ['reasons'] })
  openLinked(stores, fromShared(toShared(comparison, 1)))
  expect(stores.run.getState().shown).toMatchObject({
    source: 'derived',
    lacks: ['guesses', 'candidates', 'reasons'],
  })
})

test('what a teacher hid can be shown', () => {
  const { stores } = page()
  openLinked(stores, { ...link(false), teacher: { hideControls: true, lockStep: false } })
  stores.opened.getState().showControls()
  expect(stores.opened.getState().opened).toMatchObject({
    caption: 'Look here',
    teacher: { hideControls: false },
  })
})
