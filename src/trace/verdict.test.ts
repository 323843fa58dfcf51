import { expect, test } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import { finish } from './append.ts'
import { knowledgeOfText } from './knowledge.ts'
import { autoregressiveTrace, diffusionTrace } from './testing/traces.ts'
import type { Trace } from './trace.ts'
import { verdict } from './verdict.ts'

const MODEL = { seed: 3, k: 12, sharpness: 1, endBias: null }
const of = (name: string, passes: number, ms: number) => ({
  name,
  trace:
    name === 'AR'
      ? autoregressiveTrace(defaultAutoregressiveSettings(passes), MODEL, ms / passes)
      : diffusionTrace(defaultDiffusionSettings(passes), MODEL, ms / passes),
})
const slow = of('Diffusion', 2, 310)
const quick = of('AR', 3, 180)

test('says when AR was quicker', () => {
  expect(verdict([slow, quick])).toBe(
    'AR finished first: 0.18 s against 0.31 s; diffusion took 2 forward passes against 3.',
  )
})

test('says when diffusion was quicker, and when they cannot be told apart', () => {
  expect(verdict([slow, of('AR', 1, 12_000)])).toMatch(/^Diffusion finished first: 0\.31 s against 12\.0 s/)
  expect(verdict([slow, of('AR', 1, 311)])).toMatch(/^Both took 0\.31 s/)
})

test('a single pass is one', () => {
  expect(verdict([of('Diffusion', 1, 40), quick])).toMatch(/diffusion took 1 forward pass against 3\.$/)
})

test('puts more lanes in the order of their times', () => {
  expect(verdict([slow, quick, of('Two a pass', 4, 250)])).toBe(
    'In order of time: AR 0.18 s, Two a pass 0.25 s, Diffusion 0.31 s; forward passes: diffusion 2, AR 3, two a pass 4.',
  )
})

test('does not count the passes of a service', () => {
  const trace: Trace = {
    ...slow.trace,
    header: { ...slow.trace.header, knowledge: knowledgeOfText('drafts') },
  }
  expect(verdict([{ ...slow, trace }, quick])).toMatch(/forward passes a service takes is not known\.$/)
})

test('says nothing of runs that did not end, of one lane, and of times that are not known', () => {
  expect(verdict([])).toBeNull()
  expect(verdict([quick])).toBeNull()
  expect(verdict([slow, { name: 'AR', trace: null }])).toBeNull()
  expect(verdict([{ ...slow, trace: finish(slow.trace, 'stopped') }, quick])).toBeNull()
  expect(verdict([of('Diffusion', 2, 0), quick])).toBeNull()
})
