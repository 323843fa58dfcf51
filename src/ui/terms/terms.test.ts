import { expect, test } from 'vitest'
import { STRATEGY_NAMES } from '../../core/strategies/strategy-of.ts'
import { committedByPass } from './strategy-picture.ts'
import { TERMS, type Term } from './terms.ts'

const ALL: readonly (readonly [string, Term])[] = Object.entries(TERMS)

test.each(ALL)(
  '%s has a plain sentence, an exact one, and a source',
  (_id, { name, plain, exact, source }) => {
    expect(name).not.toBe('')
    for (const sentence of [plain, exact]) expect(sentence).toMatch(/\.$|”\)\.$/)
    expect(plain).not.toBe(exact)
    expect(source.url).toMatch(/^https:\/\/|^\.\/learn/)
  },
)

test('every strategy has an entry', () => {
  for (const name of STRATEGY_NAMES) expect(TERMS).toHaveProperty(name === 'entropy' ? 'entropy-order' : name)
})

test('the small pictures differ as the strategies do', () => {
  expect(committedByPass('low-confidence')).toEqual([1, 3, 4])
  expect(committedByPass('margin')).toEqual([1, 3, 0])
  expect(committedByPass('threshold')).toEqual([1, 3])
  const pictures = STRATEGY_NAMES.map((name) => committedByPass(name).toSorted().join())
  expect(new Set(pictures).size).toBeGreaterThan(3)
})
