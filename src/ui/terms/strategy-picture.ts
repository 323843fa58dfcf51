import type { Reading } from '../../core/choose.ts'
import { randomAt } from '../../core/random.ts'
import { strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'

/** Five positions as a model might read them: how sure it is of its guess, how far ahead that is, how it hesitates. */
const READINGS: readonly Reading[] = [
  { id: 0, probability: 0.62, margin: 0.58, entropy: 1.9 },
  { id: 1, probability: 0.97, margin: 0.95, entropy: 0.2 },
  { id: 2, probability: 0.34, margin: 0.05, entropy: 2.4 },
  { id: 3, probability: 0.93, margin: 0.9, entropy: 0.4 },
  { id: 4, probability: 0.68, margin: 0.38, entropy: 0.6 },
]
const WORDS = ['A', 'fox', 'ran', 'the', 'snow']
/** Of strategies with a number of steps. */
const QUOTA = 3
const SEED = 5

/** The positions that a strategy commits in a pass over the five, by its own code, with its usual settings. */
export function committedByPass(name: StrategyName): readonly number[] {
  const strategy = strategyOf(name)
  const random = randomAt(SEED, 1)
  const own = Object.fromEntries(
    Object.entries(strategy.own).map(([key, { start }]) => [key, start(READINGS.length)]),
  )
  const order = READINGS.map((reading, position) => ({
    position,
    probability: reading.probability,
    sure: strategy.confidence(reading, random),
  })).toSorted((a, b) => b.sure - a.sure)
  const refused = order.findIndex(
    ({ probability }, at) =>
      strategy.select({ probability, place: at + 1, of: READINGS.length, quota: QUOTA }, own) === null,
  )
  return order.slice(0, refused < 0 ? order.length : Math.max(1, refused)).map(({ position }) => position)
}

const SVG = 'http://www.w3.org/2000/svg'

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** What a strategy does with five positions in one pass: bars as high as the model is sure, filled where it commits. */
export function strategyPicture(name: StrategyName): SVGElement {
  const committed = new Set(committedByPass(name))
  const words = WORDS.filter((_, position) => committed.has(position)).join(', ')
  const picture = shape('svg', {
    viewBox: '0 0 280 74',
    class: 'strategy-picture',
    role: 'img',
    'aria-label': `Of five positions one pass commits ${committed.size}: ${words}`,
  })
  READINGS.forEach(({ probability }, position) => {
    const group = shape('g', { transform: `translate(${position * 56 + 2}, 2)` })
    if (committed.has(position)) group.setAttribute('data-committed', '')
    const height = Math.round(probability * 42)
    const word = shape('text', { x: 25, y: 60, 'text-anchor': 'middle' })
    word.textContent = committed.has(position) ? WORDS[position]! : `${Math.round(probability * 100)} %`
    group.append(
      shape('rect', { class: 'place', x: 0, y: 0, width: 50, height: 68, rx: 4 }),
      shape('rect', { class: 'level', x: 15, y: 46 - height, width: 20, height, rx: 2 }),
      word,
    )
    picture.append(group)
  })
  return picture
}
