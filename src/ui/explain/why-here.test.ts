import { expect, test } from 'vitest'
import { traceOf } from '../../store/testing/scripted.ts'
import { append } from '../../trace/append.ts'
import { knowledgeOfText } from '../../trace/knowledge.ts'
import type { EditChange, Trace } from '../../trace/trace.ts'
import { whyHere } from './why-here.ts'

const pieces = (id: number) => new TextEncoder().encode(` t${id}`)
const edited = (trace: Trace, ...changes: EditChange[]) => append(trace, { kind: 'edit', changes })
const run = () => traceOf('diffusion', [1, 2, 3], 'running')

test('what a person did is told as that, with what stood there before', () => {
  const trace = edited(run(), { position: 0, id: 7, how: 'replaced' })
  const why = whyHere({ trace, pieces }, 4, 0)
  expect(why.sentence).toBe('Replaced by you after step 3.')
  expect(why.past).toBe('Before step 4 stood here “t2”.')
  expect(why.reading).toBeNull()
  expect(why.lack).toBe('')
})

test('what was masked again says so, and what stood there', () => {
  const trace = edited(run(), { position: 1, id: 0, how: 'masked' })
  const why = whyHere({ trace, pieces }, 4, 1)
  expect(why.sentence).toBe('Masked again by you after step 3.')
  expect(why.past).toBe('Before step 4 stood here “t2”.')
})

test('given tokens and drafts have their own sentences', () => {
  const { header, ...rest } = run()
  const trace: Trace = { ...rest, header: { ...header, canvas: { ids: [5, 6, 0], given: [0] } }, steps: [] }
  expect(whyHere({ trace, pieces }, 0, 0).sentence).toMatch(/^Given: it stood here before the first pass/)
  expect(whyHere({ trace, pieces }, 0, 1).sentence).toMatch(/^A draft that the run began with/)
  expect(whyHere({ trace, pieces }, 0, 2).sentence).toMatch(/^Nothing was read here at this step/)
})

test('what a record cannot know is not told', () => {
  const { header, ...rest } = run()
  const known = { ...header.knowledge, candidates: false, guesses: false }
  const link: Trace = { ...rest, header: { ...header, knowledge: known } }
  expect(whyHere({ trace: link, pieces }, 1, 0).lack).toMatch(/holds the chosen token only/)
  expect(whyHere({ trace: link, pieces }, 1, 1).sentence).toMatch(
    /what was guessed here is not in the record/,
  )
  const text: Trace = { ...rest, header: { ...header, knowledge: knowledgeOfText('drafts') } }
  const why = whyHere({ trace: text, pieces }, 1, 0)
  expect(why.sentence).toBe('Came with update 1.')
  expect(why.reading).toBeNull()
  expect(why.lack).toMatch(/sends text only/)
  expect(whyHere({ trace: text, pieces }, 1, 2).sentence).toBe('Nothing has come here yet.')
})
