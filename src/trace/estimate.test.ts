import { expect, test } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import { append } from './append.ts'
import { estimateMs } from './estimate.ts'
import { knowledgeOfText } from './knowledge.ts'
import { autoregressiveTrace, diffusionTrace } from './testing/traces.ts'
import type { Trace } from './trace.ts'

const MODEL = { seed: 3, k: 12, sharpness: 1, endBias: null }
const whole = diffusionTrace(defaultDiffusionSettings(4), MODEL, 10)
const after = (passes: number): Trace => ({
  ...whole,
  steps: whole.steps.slice(0, passes),
  status: 'running',
})

test('what is left is the planned passes at the pace so far; an edit is no pass', () => {
  expect(estimateMs(after(2))).toBe(20)
  const edited = append(after(2), { kind: 'edit', changes: [{ position: 3, id: 5, how: 'pinned' }] })
  expect(estimateMs(edited)).toBe(20)
})

test('nothing is estimated before the first pass, after the end, or of a service', () => {
  expect(estimateMs(after(0))).toBeNull()
  expect(estimateMs(autoregressiveTrace(defaultAutoregressiveSettings(3), MODEL))).toBeNull()
  const header = { ...whole.header, knowledge: knowledgeOfText('drafts') }
  expect(estimateMs({ ...after(2), header })).toBeNull()
})
