import { expect, test } from 'vitest'
import type { Comparison } from '../../share/comparison.ts'
import { linkOf, recordingOf, testPage } from '../testing/page.ts'
import { settle } from '../testing/scripted.ts'

type Page = ReturnType<typeof testPage>

const seen = ({ stores }: Page) => {
  const { shown } = stores.run.getState()
  return { prompt: shown?.prompt, source: shown?.lanes[0]?.source }
}
const address = ({ stores }: Page) => stores.opening.getState().address
const open = (
  { stores }: Page,
  ...how: Parameters<ReturnType<Page['stores']['opening']['getState']>['open']>
) => stores.opening.getState().open(...how)
const file = (text: string) => ({
  size: text.length,
  arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer),
})

/** Something that is fetched until it is let go. */
function held<T>() {
  let release: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => (release = resolve))
  return { promise, release }
}

test('the address names what is shown: a recording, a link, a file, a run', async () => {
  const page = testPage()
  await open(page, { kind: 'default' })
  expect([seen(page).prompt, address(page)]).toEqual(['first', ''])
  await open(page, { kind: 'recording', name: 'sum' })
  expect([seen(page).prompt, address(page)]).toEqual(['sum', '#recording/sum'])
  await open(page, { kind: 'link', hash: '#c3.abc' })
  expect([seen(page), address(page)]).toEqual([{ prompt: '#c3.abc', source: 'shared' }, '#c3.abc'])
  await open(page, { kind: 'file', file: file('of a file') })
  expect([seen(page).prompt, address(page)]).toEqual(['of a file', expect.stringMatching(/^#run\/file-/)])
  const { run, recipe } = page.stores
  const going = run.getState().start(recipe.getState())
  await settle()
  expect(address(page)).toMatch(/^#run\/file-/)
  await page.engine.release(10)
  await going
  expect(address(page)).toBe(`#run/${run.getState().shown?.recordedAt}`)
})

test('what an address named comes back by it: a run that ended, one that was stopped, and a file', async () => {
  const page = testPage()
  const { run, recipe } = page.stores
  recipe.getState().setPrompt('stopped')
  void run.getState().start(recipe.getState())
  await page.engine.release(3)
  run.getState().stop()
  const stopped = run.getState().begun!
  recipe.getState().setPrompt('whole')
  const going = run.getState().start(recipe.getState())
  await page.engine.release(20)
  await going
  const whole = run.getState().begun!
  await open(page, { kind: 'file', file: file('of a file') })
  const inFile = address(page).slice('#run/'.length)
  for (const [id, prompt, status] of [
    [stopped, 'stopped', 'stopped'],
    [whole, 'whole', 'done'],
    [inFile, 'of a file', 'done'],
  ] as const) {
    expect(await open(page, { kind: 'own', id })).toBe('shown')
    expect([seen(page).prompt, address(page)]).toEqual([prompt, `#run/${id}`])
    expect(run.getState().shown?.lanes[0]?.trace?.status).toBe(status)
  }
})

test('what is asked for last wins, and a run that is begun meanwhile', async () => {
  const [slow, slower] = [held<Comparison>(), held<Comparison>()]
  const page = testPage({
    recording: (name) =>
      name === 'slow'
        ? slow.promise
        : name === 'slower'
          ? slower.promise
          : Promise.resolve(recordingOf('quick')),
  })
  const first = open(page, { kind: 'recording', name: 'slow' })
  await open(page, { kind: 'recording', name: 'quick' })
  slow.release(recordingOf('slow'))
  expect(await first).toBe('overtaken')
  expect([seen(page).prompt, address(page)]).toEqual(['quick', '#recording/quick'])
  const second = open(page, { kind: 'recording', name: 'slower' })
  void page.stores.run.getState().start(page.stores.recipe.getState())
  await page.engine.release(2)
  slower.release(recordingOf('slower'))
  expect(await second).toBe('overtaken')
  expect(seen(page).source).toBe('live')
})

test('a run that is going is stopped by what is opened, and takes the address no more', async () => {
  const page = testPage()
  void page.stores.run.getState().start(page.stores.recipe.getState())
  await page.engine.release(2)
  const addresses: string[] = []
  page.stores.opening.subscribe((state) => addresses.push(state.address))
  await open(page, { kind: 'recording', name: 'sum' })
  await page.engine.release(5)
  expect(seen(page).prompt).toBe('sum')
  expect(new Set(addresses)).toEqual(new Set(['#recording/sum']))
})

test('what cannot be shown is told; what is shown stays with its address', async () => {
  const page = testPage({
    recording: (name) =>
      name === 'none' ? Promise.reject(new Error('404')) : Promise.resolve(recordingOf('first')),
    readLink: () => Promise.resolve('This link is damaged.'),
    readText: () => Promise.resolve('This file cannot be read.'),
  })
  const told = () => page.stores.notices.getState().notice
  expect(await open(page, { kind: 'link', hash: '#c9.x' })).toBe('failed')
  expect([seen(page).prompt, told()]).toEqual(['first', 'This link is damaged.'])
  for (const [opening, sentence] of [
    [{ kind: 'recording', name: 'none' }, /no recording/],
    [{ kind: 'own', id: 'gone' }, /does not keep that any more/],
    [{ kind: 'file', file: file('x') }, /cannot be read/],
    [
      { kind: 'file', file: { size: 1e9, arrayBuffer: () => Promise.resolve(new ArrayBuffer()) } },
      /larger than 10 MB/,
    ],
    [
      { kind: 'file', file: { size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) } },
      /cannot be read. gone/,
    ],
  ] as const) {
    expect(await open(page, opening)).toBe('failed')
    expect(told()).toMatch(sentence)
    expect([seen(page).prompt, address(page)]).toEqual(['first', ''])
  }
  await open(page, { kind: 'default' })
  expect(told()).toBeNull()
})

test('at load, an address that cannot be shown stays for a second try; without recordings the page says so', async () => {
  const page = testPage({ readLink: () => Promise.reject(new Error('offline')) }, '#c3.x')
  expect(await open(page, { kind: 'link', hash: '#c3.x' })).toBe('failed')
  expect([seen(page).prompt, address(page)]).toEqual(['first', '#c3.x'])
  const gone = testPage({}, '#run/x')
  expect(await open(gone, { kind: 'own', id: 'x' })).toBe('failed')
  expect(seen(gone).prompt).toBe('first')
  expect(gone.stores.opening.getState()).toMatchObject({ address: '', replaces: true })
  const empty = testPage({ recording: () => Promise.reject(new Error('offline')) })
  await open(empty, { kind: 'default' })
  expect(empty.stores.opening.getState().failed).toBe(true)
})

test('a prompt that somebody types meanwhile, or had typed before a reload, stays', async () => {
  const { promise, release } = held<Comparison>()
  const page = testPage({ recording: () => promise })
  const { recipe } = page.stores
  const opening = open(page, { kind: 'recording', name: 'sum' })
  recipe.getState().setPrompt('typed')
  release(recordingOf('sum'))
  await opening
  expect(recipe.getState().prompt).toBe('typed')
  await open(page, { kind: 'link', hash: '#c3.y' }, { keepsRecipe: true })
  expect(recipe.getState().prompt).toBe('typed')
  await open(page, { kind: 'link', hash: '#c3.y' })
  expect(recipe.getState().prompt).toBe('#c3.y')
  await open(page, { kind: 'default' })
  expect(recipe.getState().prompt).toBe('#c3.y')
})

test('a recording plays from its beginning, or stands at its end where motion is not wanted', async () => {
  const moving = testPage({ isStill: () => false })
  await open(moving, { kind: 'default' })
  expect(moving.stores.playback.getState()).toMatchObject({ at: 0, playing: true })
  const still = testPage()
  await open(still, { kind: 'default' })
  const { timeline, at, playing } = still.stores.playback.getState()
  expect([at, playing]).toEqual([timeline.moments.length - 1, false])
})

test('what a file lacks is said, also when it comes back', async () => {
  const page = testPage({
    readText: (text) => Promise.resolve({ comparison: recordingOf(text), notes: ['It has no times.'] }),
  })
  const told = () => page.stores.notices.getState().notice
  await open(page, { kind: 'file', file: file('a') })
  expect(told()).toBe('It has no times.')
  await open(page, { kind: 'own', id: address(page).slice(5) }, { note: 'Left.' })
  expect(told()).toBe('Left. It has no times.')
})

test('without storage everything opens until the page is left, and a sentence says what is not kept', async () => {
  const page = testPage()
  page.state.refuse = new DOMException('private', 'InvalidStateError')
  const going = page.stores.run.getState().start(page.stores.recipe.getState())
  await page.engine.release(10)
  await going
  await settle()
  const run = address(page)
  expect(page.stores.saved.getState().trouble).toMatch(/keeps nothing for this page/)
  await open(page, { kind: 'file', file: file('of a file') })
  await open(page, { kind: 'recording', name: 'sum' })
  expect(await open(page, { kind: 'own', id: run.slice(5) })).toBe('shown')
  expect(seen(page).prompt).toBe('')
})

test('a file’s five lanes and a link’s are opened like two', async () => {
  const five = (prompt: string): Comparison => {
    const { lanes, ...rest } = recordingOf(prompt)
    const more = [...lanes, ...lanes, lanes[0]!].map((lane, at) => ({ ...lane, id: `lane-${at}` }))
    return { ...rest, lanes: more, leader: 'lane-3' }
  }
  const page = testPage({
    readText: (text) => Promise.resolve({ comparison: five(text), notes: [] }),
    readLink: (hash) => Promise.resolve(linkOf(five(hash))),
  })
  await open(page, { kind: 'file', file: file('f') })
  expect(page.stores.run.getState().shown?.lanes).toHaveLength(5)
  await open(page, { kind: 'link', hash: '#c3.z' })
  const { timeline, at } = page.stores.playback.getState()
  expect(timeline.moments[at]?.steps[0]).toBe(2)
})
