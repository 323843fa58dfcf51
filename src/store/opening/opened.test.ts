import { expect, test } from 'vitest'
import { linkOf, recordingOf, testPage } from '../testing/page.ts'
import { settle } from '../testing/scripted.ts'
import { runHere } from './run-here.ts'

const HASH = '#c3.sent'

async function withLink(lockStep = false) {
  const page = testPage({ readLink: (hash) => Promise.resolve(linkOf(recordingOf(hash), lockStep)) })
  await page.stores.opening.getState().open({ kind: 'link', hash: HASH })
  return page
}

const stepsOf = ({ stores }: Awaited<ReturnType<typeof withLink>>) => {
  const { timeline, at } = stores.playback.getState()
  return timeline.moments[at]?.steps
}

test('a link is shown where its sender stood, with its prompt and settings for the next run', async () => {
  const page = await withLink()
  expect(page.stores.run.getState().shown).toMatchObject({ prompt: HASH, lanes: [{ source: 'shared' }, {}] })
  expect(stepsOf(page)?.[0]).toBe(2)
  expect(page.stores.playback.getState()).toMatchObject({ clock: 'passes', playing: false, locked: false })
  expect(page.stores.recipe.getState()).toMatchObject({ prompt: HASH, settings: { answerLength: 4 } })
})

test('a locked step holds against everything but something else to show', async () => {
  const page = await withLink(true)
  const { play, goTo, stepBy, toggle } = page.stores.playback.getState()
  play()
  toggle()
  goTo(4)
  stepBy(-1)
  expect(stepsOf(page)?.[0]).toBe(2)
  expect(page.stores.playback.getState().playing).toBe(false)
  await page.stores.opening.getState().open({ kind: 'recording', name: 'sum' })
  page.stores.playback.getState().goTo(1)
  expect(page.stores.playback.getState().at).toBe(1)
})

test('the recipe runs here beside the sender’s run until something else is shown; kin is known by its id', async () => {
  const { engine, stores } = await withLink()
  const { run, opened, opening, recipe } = stores
  const sender = opened.getState().opened!.comparison
  const going = runHere(stores)
  await settle()
  await engine.release(10)
  await going
  const { live } = opened.getState()
  expect(live).toBe(run.getState().shown)
  expect(live?.lanes[0]?.trace?.header.settings).toEqual(sender.lanes[0]?.trace?.header.settings)
  expect(opening.getState().address).toBe(`#run/${live?.recordedAt}`)
  // Looking from one to the other adds nothing to the history; Back and Forward know them, too.
  opening.getState().view('sender')
  expect(run.getState().shown).toBe(sender)
  expect(opening.getState()).toMatchObject({ address: HASH, replaces: true })
  await opening.getState().open({ kind: 'own', id: live!.recordedAt! })
  expect(run.getState().shown).toBe(live)
  await opening.getState().open({ kind: 'link', hash: HASH })
  expect(run.getState().shown).toBe(sender)
  expect(opened.getState().live).toBe(live)
  // Another run of the very same recipe is not the one that was asked for.
  const other = run.getState().start({ ...recipe.getState(), prompt: sender.prompt })
  await engine.release(10)
  await other
  expect(opened.getState()).toMatchObject({ opened: null, live: null })
})

test('what a teacher hid can be shown', async () => {
  const { stores } = await withLink()
  const { opened } = stores
  opened.getState().setOpened({
    ...opened.getState().opened!,
    teacher: { hideControls: true, lockStep: false },
  })
  opened.getState().showControls()
  expect(opened.getState().opened).toMatchObject({ caption: 'Look here', teacher: { hideControls: false } })
})
