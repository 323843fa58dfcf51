import { expect, test } from 'vitest'
import { leaderOf, type Comparison } from '../../share/comparison.ts'
import { settle } from '../testing/scripted.ts'
import { testPage } from '../testing/page.ts'
import { FILES } from './archive.ts'

type Page = ReturnType<typeof testPage>

async function run({ engine, stores }: Page, prompt: string, events = 10) {
  const going = stores.run.getState().start({ ...stores.recipe.getState(), prompt })
  await engine.release(events)
  if (events === 10) await going
  await settle()
}

const saved = ({ stores }: Page) => stores.saved.getState()
const comparison = async (page: Page, id: string) => (await saved(page).open(id)) as Comparison
const ats = ({ lanes }: Comparison) => lanes.map(({ trace }) => trace?.steps.map(({ at }) => at))

test('a run is kept as it ended, newest first, with its strategy and its numbers', async () => {
  const page = testPage()
  await run(page, 'one')
  await run(page, 'two')
  await saved(page).refresh()
  expect(saved(page).runs.map(({ name }) => name)).toEqual(['two', 'one'])
  expect(saved(page).runs[0]?.lanes).toEqual([
    { name: 'Diffusion', strategy: 'low-confidence', passes: 3, ms: 15 },
    { name: 'Autoregressive', strategy: null, passes: 3, ms: 15 },
  ])
  const opened = await comparison(page, saved(page).runs[0]!.id)
  expect(opened.prompt).toBe('two')
  expect(ats(opened)).toEqual(ats(page.stores.run.getState().shown!))
})

test('a run is named; deleted it can be brought back, also all of them', async () => {
  const page = testPage()
  await run(page, 'one')
  await run(page, 'two')
  await saved(page).refresh()
  const { id } = saved(page).runs[0]!
  await saved(page).rename(id, ' The lantern ')
  expect(saved(page).runs[0]?.name).toBe('The lantern')
  await saved(page).rename(id, ' ')
  expect(saved(page).runs[0]?.name).toBe('two')
  await saved(page).remove([id])
  expect(saved(page).runs).toHaveLength(1)
  expect(await saved(page).open(id)).toMatch(/does not keep that any more/)
  await saved(page).undo()
  expect(saved(page).runs.map((each) => each.id)[0]).toBe(id)
  expect((await comparison(page, id)).prompt).toBe('two')
  await saved(page).remove(saved(page).runs.map((each) => each.id))
  expect(saved(page).runs).toEqual([])
  await saved(page).undo()
  expect(saved(page).runs).toHaveLength(2)
  expect(saved(page).deleted).toEqual([])
})

test('a run that is left in the middle is kept as far as it got, from its first step on', async () => {
  const page = testPage()
  await run(page, 'whole')
  await run(page, 'left', 2)
  await saved(page).refresh()
  const opened = await comparison(page, saved(page).runs[0]!.id)
  expect(opened.prompt).toBe('left')
  expect(leaderOf(opened)?.trace).toMatchObject({ status: 'stopped' })
})

test('files have slots of their own: they are in no list, and the newest stay', async () => {
  const page = testPage()
  const ids = []
  for (let at = 0; at <= FILES; at++) ids.push(await saved(page).keepFile(`text ${at}`))
  await saved(page).refresh()
  expect(saved(page).runs).toEqual([])
  expect(await saved(page).file(ids[0]!)).toEqual({ complaint: expect.stringMatching(/any more/) })
  expect(await saved(page).file(ids[FILES]!)).toEqual({ text: `text ${FILES}` })
})

test('storage that is full or closed is told, runs go on, and last until the page is left', async () => {
  const page = testPage()
  const trouble = () => saved(page).trouble
  page.state.refuse = new DOMException('full', 'QuotaExceededError')
  await run(page, 'unkept')
  expect(trouble()).toMatch(/full/)
  expect(page.stores.notices.getState().notice).toMatch(/full/)
  page.state.refuse = null
  await saved(page).refresh()
  expect(trouble()).toMatch(/full/)
  expect(saved(page).runs.map(({ name }) => name)).toEqual(['unkept'])
  await saved(page).remove([])
  expect(trouble()).toBeNull()
  page.state.refuse = new DOMException('private', 'InvalidStateError')
  await saved(page).refresh()
  expect(trouble()).toMatch(/keeps nothing/)
  expect(saved(page).runs.map(({ name }) => name)).toEqual(['unkept'])
  expect(await saved(page).open('another')).toMatch(/keeps nothing/)
  page.state.refuse = null
  await saved(page).refresh()
  expect(trouble()).toBeNull()
})
