import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeSettings } from './change-settings.ts'
import { denoise } from './denoise.ts'
import { startDiffusion } from './diffusion-state.ts'
import { ownSettings } from './own-settings.ts'
import { randomAt } from './random.ts'
import type { DiffusionSettings } from './settings.ts'
import {
  arbitraryModel,
  arbitrarySettings,
  predict,
  predictionOf,
  runToEnd,
  settingsOf,
  VOCABULARY,
} from './testing/arbitrary-run.ts'

const { mask, end } = VOCABULARY

function firstStep(settings: DiffusionSettings, rows: Parameters<typeof predictionOf>[0]) {
  return denoise(startDiffusion(settings, VOCABULARY), predictionOf(rows), randomAt(settings.seed, 1))
}

/** A row whose best token is `id`, at `p`. */
const sure = (id: number, p: number) =>
  [
    [id, p],
    [11, (1 - p) * 0.6],
    [10, (1 - p) * 0.4],
  ] as const

const positionsOf = ({ event }: ReturnType<typeof firstStep>) => event.commits.map(({ position }) => position)

describe('by hand', () => {
  const rows = [sure(3, 0.55), sure(4, 0.99), sure(5, 0.9), sure(6, 0.7), sure(7, 0.8)]

  it('quota: 5 masks in 2 steps are 3 and 2', () => {
    const first = firstStep(settingsOf(5, { steps: 2 }), rows)
    expect(positionsOf(first)).toEqual([1, 2, 4])
    expect(first.event.commits[0]!.reason).toEqual({ rule: 'quota', quota: 3, of: 5 })
    const second = denoise(first.state, predictionOf(rows), randomAt(1, 2))
    expect(positionsOf(second)).toEqual([3, 0])
    expect([...second.state.ids]).toEqual([3, 4, 5, 6, 7])
  })

  it('threshold: every one from τ on, at least one', () => {
    const settings = settingsOf(5, { strategy: 'threshold', threshold: 0.75 })
    expect(positionsOf(firstStep(settings, rows))).toEqual([1, 2, 4])
    const strict = firstStep(changeSettings(settings, { threshold: 0.995 }), rows)
    expect(strict.event.commits).toMatchObject([{ position: 1, reason: { rule: 'at-least-one', of: 5 } }])
  })

  it('factor: 2(1 − 0.99) and 3(1 − 0.9) are below 0.5, 4(1 − 0.8) is not', () => {
    const settings = settingsOf(5, { strategy: 'factor', factor: 0.5 })
    expect(positionsOf(firstStep(settings, rows))).toEqual([1, 2])
    expect(positionsOf(firstStep(changeSettings(settings, { factor: 1 }), rows))).toEqual([1, 2, 4])
    expect(firstStep(changeSettings(settings, { factor: 0.01 }), rows).event.commits).toMatchObject([
      { position: 1, reason: { rule: 'at-least-one', of: 5 } },
    ])
  })

  it('margin and entropy rank by the whole row', () => {
    const close = [
      [3, 0.5],
      [4, 0.45],
      [5, 0.05],
    ] as const
    const apart = [
      [3, 0.45],
      [4, 0.28],
      [5, 0.27],
    ] as const
    const first = (strategy: DiffusionSettings['strategy']) =>
      positionsOf(firstStep(settingsOf(2, { strategy }), [apart, close]))
    expect(first('low-confidence')).toEqual([1])
    expect(first('margin')).toEqual([0])
    expect(first('entropy')).toEqual([1])
  })

  it('ties go to the lower position and to the lower id', () => {
    const tie = [
      [9, 0.4],
      [4, 0.4],
      [5, 0.2],
    ] as const
    const { event } = firstStep(settingsOf(3, { steps: 2 }), [tie, tie, tie])
    expect(event.commits.map(({ position, id }) => [position, id])).toEqual([
      [0, 4],
      [1, 4],
    ])
  })

  it('blocks are decided from left to right', () => {
    const settings = settingsOf(5, { blockLength: 2, steps: 5 })
    expect(firstStep(settings, rows).event).toMatchObject({ block: [0, 2], commits: [{ position: 1 }] })
  })
})

describe('end of sequence', () => {
  it('sweeps a sure tail free of the quota', () => {
    const rows = [sure(3, 0.5), sure(4, 0.6), sure(end, 0.993), sure(end, 0.996)]
    const { event, state } = firstStep(settingsOf(4, {}), rows)
    expect(event.commits).toMatchObject([
      { position: 1, rank: 1, reason: { rule: 'quota', quota: 1, of: 2 } },
      { position: 2, rank: 2, reason: { rule: 'tail', floor: 0.99 } },
      { position: 3, rank: 3, reason: { rule: 'tail', floor: 0.99 } },
    ])
    expect([...state.ids]).toEqual([mask, 4, end, end])
  })

  it('lets an unsure end compete only at the edge', () => {
    const rows = [sure(3, 0.5), sure(end, 0.89), sure(4, 0.4), sure(end, 0.85)]
    expect(positionsOf(firstStep(settingsOf(4, {}), rows))).toEqual([3])
    expect(positionsOf(firstStep(settingsOf(4, { steps: 2 }), rows))).toEqual([3, 0])
  })

  it('is no candidate to the left of content, even of content of the same step', () => {
    const rows = [sure(3, 0.5), sure(end, 0.89), sure(4, 0.6)]
    const one = firstStep(settingsOf(3, { steps: 1 }), rows)
    expect([...one.state.ids]).toEqual([3, 11, 4])
    expect(one.event.guesses[1]).toBe(11)
    const { state } = firstStep(settingsOf(3, {}), rows)
    expect([...state.ids]).toEqual([mask, mask, 4])
    const second = denoise(state, predictionOf(rows), randomAt(1, 2)).event
    expect([...second.guesses]).toEqual([3, 11])
  })

  it('never makes an empty answer', () => {
    const { state, event } = firstStep(settingsOf(3, {}), [
      sure(end, 1 - 1e-6),
      sure(end, 0.995),
      sure(end, 0.995),
    ])
    expect([...state.ids]).toEqual([11, end, end])
    expect(event.commits[0]).toMatchObject({ position: 0, reason: { rule: 'quota' } })
  })

  it('fills nothing while its block is not decided', () => {
    const rows = [sure(3, 0.8), sure(4, 0.7), sure(end, 0.995), sure(5, 0.9), sure(6, 0.9)]
    const { state } = firstStep(settingsOf(5, { blockLength: 3 }), rows)
    expect([...state.ids]).toEqual([3, mask, end, mask, mask])
  })

  it('fills what follows a block that ends with it', () => {
    const rows = [sure(3, 0.8), sure(end, 0.995), sure(5, 0.9), sure(6, 0.9)]
    const { state, event } = firstStep(settingsOf(4, { blockLength: 2 }), rows)
    expect([...state.ids]).toEqual([3, end, end, end])
    expect(event.commits.at(-1)).toMatchObject({
      position: 3,
      probability: 0,
      reason: { rule: 'tail', floor: 0 },
    })
  })
})

describe('against sorting all masked positions', () => {
  const inOrder = (strategy: DiffusionSettings['strategy'], p: number[], entropy: number) =>
    strategy === 'margin' ? p[0]! - p[1]! : strategy === 'entropy' ? -entropy : p[0]!

  it.each(['low-confidence', 'margin', 'entropy', 'threshold', 'factor'] as const)('%s', (strategy) => {
    fc.assert(
      fc.property(arbitrarySettings([strategy]), arbitraryModel, (drawn, model) => {
        const settings = { ...drawn, temperature: 0, blockLength: drawn.answerLength }
        const n = settings.answerLength
        const { steps = n, threshold = 0, factor = 0 } = ownSettings(settings)
        const { states, events } = runToEnd(settings, { ...model, endBias: null })
        events.forEach((event, at) => {
          const { ids, logProbs, entropy, k } = predict({ ...model, endBias: null }, n, at + 1)
          const ranked = [...states[at]!.ids.keys()]
            .filter((position) => states[at]!.ids[position] === mask)
            .map((position) => {
              const allowed = [...Array(k).keys()]
                .map((j) => ({ id: ids[position * k + j]!, p: Math.exp(logProbs[position * k + j]!) }))
                .filter(({ id }) => !VOCABULARY.suppressed.includes(id))
              const p = [...allowed.map((candidate) => candidate.p), 0]
              return { position, id: allowed[0]!.id, p: p[0]!, c: inOrder(strategy, p, entropy[position]!) }
            })
            .sort((a, b) => b.c - a.c || a.position - b.position)
          let count = Math.floor(n / steps) + (at < n % steps ? 1 : 0)
          if (strategy === 'threshold') count = ranked.filter(({ p }) => p >= threshold).length
          if (strategy === 'factor') {
            const stop = ranked.findIndex(({ p }, index) => (index + 2) * (1 - p) >= factor)
            count = stop < 0 ? ranked.length : stop
          }
          const expected = ranked.slice(0, Math.max(1, count))
          expect(event.commits.map(({ position, id }) => [position, id])).toEqual(
            expected.map(({ position, id }) => [position, id]),
          )
        })
      }),
    )
  })
})
