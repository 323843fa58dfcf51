import { expect, test } from 'vitest'
import { traceOf } from '../../store/testing/scripted.ts'
import { append } from '../../trace/append.ts'
import { knowledgeOfText } from '../../trace/knowledge.ts'
import type { Trace } from '../../trace/trace.ts'
import { looksOf } from './looks.ts'

const run = () => traceOf('diffusion', [1, 2, 3], 'running')
const sorted = (trace: Trace) => [...looksOf(trace)].sort()
const withKnowledge = (trace: Trace, part: Partial<Trace['header']['knowledge']>): Trace => ({
  ...trace,
  header: { ...trace.header, knowledge: { ...trace.header.knowledge, ...part } },
})

test('a run of commits alone shows masks, guesses, commits and ends, and nothing is revised', () => {
  expect(sorted(run())).toEqual(['committed', 'end', 'guess', 'masked'])
  expect(sorted(traceOf('autoregressive', [1, 2]))).toEqual(['committed', 'end'])
})

test('guesses are there where they are known; text has neither masks nor ends', () => {
  expect(sorted(withKnowledge(run(), { guesses: false }))).toEqual(['committed', 'end', 'masked'])
  expect(sorted(withKnowledge(run(), knowledgeOfText('drafts')))).toEqual(['committed', 'revised'])
})

test('what was revised, held, given or drafted is in the legend', () => {
  const edited = append(run(), { kind: 'edit', changes: [{ position: 0, id: 9, how: 'pinned' }] })
  expect(sorted(edited)).toEqual(['committed', 'end', 'guess', 'held', 'masked', 'revised'])
  const { header, ...rest } = run()
  const begun: Trace = { ...rest, header: { ...header, canvas: { ids: [5, 6, 0], given: [1] } } }
  expect(sorted(begun)).toEqual(['committed', 'draft', 'end', 'given', 'guess', 'masked'])
})
