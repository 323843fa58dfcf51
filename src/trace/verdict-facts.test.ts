import { expect, test } from 'vitest'
import { changeSettings } from '../core/change-settings.ts'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import { askedOf } from './asked-of.ts'
import { isCutOff } from './final-answer.ts'
import { passPrice } from './pass-price.ts'
import { autoregressiveTrace, diffusionTrace } from './testing/traces.ts'
import { verdictFacts } from './verdict-facts.ts'
import { wordDifferences } from './word-differences.ts'

const MODEL = { seed: 3, k: 12, sharpness: 1, endBias: null }
const SETTINGS = defaultDiffusionSettings(12)
const diffusion = diffusionTrace(SETTINGS, MODEL)
const autoregressive = autoregressiveTrace(defaultAutoregressiveSettings(12), MODEL)
const pieces = (id: number) => new TextEncoder().encode(` w${id}`)

test('a run with a number of steps was told to take them', () => {
  expect(askedOf(diffusion)).toMatch(/^was told to take 12 passes for 12 positions/)
  expect(askedOf(diffusionTrace(changeSettings(SETTINGS, { steps: 3 }), MODEL))).toMatch(
    /^was told to take 3 passes for 12 positions/,
  )
  expect(askedOf(diffusionTrace(changeSettings(SETTINGS, { blockLength: 4 }), MODEL))).toContain(
    'in blocks of 4 from left to right',
  )
})

test('a threshold was told what to commit, and how many passes that took is said apart', () => {
  const trace = diffusionTrace(changeSettings(SETTINGS, { strategy: 'threshold', threshold: 0 }), MODEL)
  expect(askedOf(trace)).toBe('was told to commit as many a pass as threshold 0 allows: it took 1 pass')
  expect(askedOf(autoregressive)).toMatch(/^writes one token a pass, by construction: it took \d+ passes$/)
})

test('a pass is explained with what was measured, where both decoders ran', () => {
  expect(passPrice([diffusion, autoregressive])).toMatch(
    /^A diffusion pass took 10 ms, an AR pass 3\.0 ms: diffusion reads all 12 positions of the answer/,
  )
  expect(passPrice([diffusion])).toBeNull()
})

test('an answer without an end that fills its length was cut off', () => {
  const { end } = autoregressive.header.vocabulary
  const ends = (trace: typeof diffusion) =>
    trace.steps.some(({ commits }) => commits.some(({ id }) => id === end))
  for (const trace of [diffusion, autoregressive]) expect(isCutOff(trace)).toBe(!ends(trace))
})

test('texts are compared by their words', () => {
  expect(wordDifferences('a b c', ' a b  c')).toMatchObject({ shared: 3, of: 3 })
  expect(wordDifferences('a b c d', 'a x c')).toEqual({ isSame: false, shared: 2, of: 4 })
})

test('says whether texts are the same, and who is right where a rule knows the prompt', () => {
  const lane = { trace: diffusion, pieces }
  const facts = (prompt: string) =>
    verdictFacts(prompt, [
      { name: 'Diffusion', ...lane },
      { name: 'AR', ...lane },
    ]).map(({ sentence }) => sentence)
  expect(facts('Tell me a story.')[0]).toBe('The texts are the same.')
  expect(facts('What is 47 + 35?')[0]).toBe('Both are wrong, by the rule of its kind of prompt.')
})
