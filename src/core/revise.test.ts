import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeSettings } from './change-settings.ts'
import { denoise } from './denoise.ts'
import { isFinished, startDiffusion } from './diffusion-state.ts'
import { ownSettings } from './own-settings.ts'
import { plannedPasses } from './planned-passes.ts'
import { randomAt } from './random.ts'
import type { DiffusionSettings } from './settings.ts'
import type { StepEvent } from './step-event.ts'
import type { StrategyName } from './strategies/strategy-of.ts'
import {
  arbitraryModel,
  arbitrarySettings,
  predict,
  predictionOf,
  runToEnd,
  settingsOf,
  VOCABULARY,
  type ArbitraryModel,
} from './testing/arbitrary-run.ts'

const { mask, end, suppressed } = VOCABULARY
const REMDM = ['remdm-cap', 'remdm-rescale', 'remdm-conf'] as const
const ENDS = ['sure', 'last'] as const
const masksIn = (ids: Int32Array) => ids.filter((id) => id === mask).length
const byRule = ({ commits }: StepEvent, rule: string) => commits.filter(({ reason }) => reason.rule === rule)

function check(
  strategy: StrategyName,
  law: (settings: DiffusionSettings, model: ArbitraryModel, ends: (typeof ENDS)[number]) => void,
) {
  fc.assert(fc.property(arbitrarySettings([strategy]), arbitraryModel, fc.constantFrom(...ENDS), law), {
    numRuns: 80,
  })
}

describe.each(REMDM)('%s', (strategy) => {
  it('with η at zero is low confidence, step by step', () => {
    check(strategy, (settings, model, ends) => {
      const revised = runToEnd(changeSettings(settings, { eta: 0 }), model, ends)
      const plain = runToEnd(changeSettings(settings, { strategy: 'low-confidence' }), model, ends)
      expect(revised.events).toEqual(plain.events)
    })
  })

  it('takes back content of its block that stood before the pass, and nothing else that stands changes', () => {
    check(strategy, (settings, model, ends) => {
      const { states, events } = runToEnd(settings, model, ends)
      events.forEach((event, at) => {
        const before = states[at]!.ids
        const back = byRule(event, 'taken-back')
        for (const { position, id, previous } of back) {
          expect([id, previous]).toEqual([mask, before[position]])
          expect([mask, end]).not.toContain(previous)
          expect(position >= event.block[0] && position < event.block[1]).toBe(true)
        }
        const gone = new Set(back.map(({ position }) => position))
        before.forEach((id, position) => {
          if (id !== mask) expect(states[at + 1]!.ids[position]).toBe(gone.has(position) ? mask : id)
        })
      })
    })
  })

  it('leaves no more masks after a pass than it would without taking back, and ends as planned', () => {
    check(strategy, (settings, model, ends) => {
      const { states, events } = runToEnd(settings, model, ends)
      expect(isFinished(states.at(-1)!)).toBe(true)
      expect(events.length).toBeLessThanOrEqual(plannedPasses(settings))
      events.forEach((event, at) => {
        if (byRule(event, 'taken-back').length === 0) return
        const [before, after] = [states[at]!.ids, states[at + 1]!.ids].map(masksIn)
        expect(after).toBeLessThan(before!)
      })
    })
  })

  it('never takes back what a person put there', () => {
    fc.assert(
      fc.property(arbitrarySettings([strategy]), arbitraryModel, fc.nat(), (settings, model, where) => {
        let state = startDiffusion(changeSettings(settings, { eta: 1 }), VOCABULARY)
        const position = where % settings.answerLength
        state = { ...state, ids: state.ids.with(position, 5) }
        while (!isFinished(state)) {
          const step = state.step + 1
          const prediction = predict(model, settings.answerLength, step)
          state = denoise(state, prediction, randomAt(settings.seed, step)).state
          expect(state.ids[position]).toBe(5)
        }
      }),
    )
  })

  it('takes back with the chances of the paper, and commits as many more, the surest first', () => {
    check(strategy, (drawn, { seed, k, sharpness }) => {
      const model = { seed, k, sharpness, endBias: null }
      const settings = changeSettings(drawn, { temperature: 0, blockLength: drawn.answerLength })
      const { states, events } = runToEnd(settings, model)
      const { eta, steps: T } = ownSettings(settings)
      const passes = Math.min(T!, settings.answerLength)
      expect(events).toHaveLength(passes)
      const psi = new Map<number, number>()
      const z = new Int32Array(settings.answerLength).fill(mask)
      for (let i = 0; i < passes; i++) {
        expect(z).toEqual(states[i]!.ids)
        const [alphaT, alphaS] = [i / T!, (i + 1) / T!]
        const sigmaMax = alphaT === 0 ? 1 : Math.min(1, (1 - alphaS) / alphaT)
        const normaliser = [...psi.values()].reduce((sum, each) => sum + Math.exp(-each), 0)
        const sigma = (position: number) => {
          if (strategy === 'remdm-cap') return Math.min(eta!, sigmaMax)
          if (strategy === 'remdm-rescale') return eta! * sigmaMax
          return (eta! * sigmaMax * Math.exp(-psi.get(position)!)) / normaliser
        }
        const random = randomAt(settings.seed, i + 1)
        const kept: number[] = []
        const gone: { position: number; by: number }[] = []
        // No chance is drawn where none can succeed.
        for (const position of eta === 0 || sigmaMax < 1e-12 ? [] : [...psi.keys()].sort((a, b) => a - b)) {
          const u = random.next()
          if (u < sigma(position)) gone.push({ position, by: u / sigma(position) })
          else kept.push(position)
        }
        const said = predict(model, settings.answerLength, i + 1)
        const masked = [...z.keys()].filter((position) => z[position] === mask)
        const ranked = masked
          .map((position) => {
            const j = [...Array(said.k).keys()].find(
              (column) => !suppressed.includes(said.ids[position * said.k + column]!),
            )!
            const at = position * said.k + j
            return { position, id: said.ids[at]!, p: Math.min(1, Math.exp(said.logProbs[at]!)) }
          })
          .sort((a, b) => b.p - a.p || a.position - b.position)
        const quota = Math.floor(settings.answerLength / T!) + (i < settings.answerLength % T! ? 1 : 0)
        const share = Math.max(1, quota)
        const written = ranked.slice(0, Math.max(1, share + gone.length))
        for (const { position, id, p } of written) {
          z[position] = id
          psi.set(position, p)
        }
        gone.sort((a, b) => a.by - b.by)
        for (const { position } of gone.slice(0, Math.max(0, written.length - share))) {
          z[position] = mask
          psi.delete(position)
        }
      }
      expect(z).toEqual(states.at(-1)!.ids)
    })
  })
})

describe('editing', () => {
  it('with the edit threshold off is threshold, step by step', () => {
    check('editing', (settings, model, ends) => {
      const revised = runToEnd(changeSettings(settings, { edit: 1 }), model, ends)
      const plain = runToEnd(changeSettings(settings, { strategy: 'threshold' }), model, ends)
      expect(revised.events).toEqual(plain.events)
    })
  })

  it('changes content of its block to content that is more probable than the threshold, and nothing else', () => {
    check('editing', (settings, model, ends) => {
      const { states, events } = runToEnd(settings, model, ends)
      const { edit } = ownSettings(settings)
      events.forEach((event, at) => {
        const before = states[at]!.ids
        const edits = byRule(event, 'edited')
        for (const { position, id, previous, probability } of edits) {
          expect(previous).toBe(before[position])
          expect([mask, end]).not.toContain(previous)
          expect([mask, end, previous, ...suppressed]).not.toContain(id)
          expect(probability).toBeGreaterThan(edit!)
          expect(position >= event.block[0] && position < event.block[1]).toBe(true)
        }
        const changed = new Set(edits.map(({ position }) => position))
        before.forEach((id, position) => {
          if (id !== mask && !changed.has(position)) expect(states[at + 1]!.ids[position]).toBe(id)
        })
      })
    })
  })

  it('goes on for at most 16 passes after a block’s last mask, and stops after one that changes nothing', () => {
    check('editing', (settings, model, ends) => {
      const { states, events } = runToEnd(settings, model, ends)
      expect(isFinished(states.at(-1)!)).toBe(true)
      expect(events.length).toBeLessThanOrEqual(plannedPasses(settings))
      const perBlock = new Map<number, StepEvent[]>()
      events.forEach((event, at) => {
        if (states[at]!.ids.subarray(...event.block).includes(mask)) return
        perBlock.set(event.block[0], [...(perBlock.get(event.block[0]) ?? []), event])
      })
      for (const passes of perBlock.values()) {
        expect(passes.length).toBeLessThanOrEqual(16)
        for (const pass of passes.slice(0, -1)) expect(pass.commits.length).toBeGreaterThan(0)
        if (passes.length < 16) expect(passes.at(-1)!.commits).toEqual([])
      }
    })
  })

  it('is the update of the paper: what is masked and sure, and what stands where another is surer, at once', () => {
    check('editing', (drawn, { seed, k, sharpness }) => {
      const model = { seed, k, sharpness, endBias: null }
      const settings = changeSettings(drawn, { temperature: 0, blockLength: drawn.answerLength })
      const { states, events } = runToEnd(settings, model)
      const { threshold, edit } = ownSettings(settings)
      const x = new Int32Array(settings.answerLength).fill(mask)
      let passes = 0
      for (let more = edit! < 1 ? 16 : 0; x.includes(mask) || more > 0; passes++) {
        const said = predict(model, settings.answerLength, passes + 1)
        const best = [...x.keys()].map((position) => {
          const allowed = [...Array(said.k).keys()]
            .map((j) => position * said.k + j)
            .filter((at) => ![...suppressed, end].includes(said.ids[at]!))
          return {
            position,
            v: said.ids[allowed[0]!]!,
            p: Math.min(1, Math.exp(said.logProbs[allowed[0]!]!)),
          }
        })
        const masked = best.filter(({ position }) => x[position] === mask)
        const gamma = masked.filter(({ p }) => p >= threshold!)
        const delta =
          edit! >= 1
            ? []
            : best.filter(({ position, v, p }) => x[position] !== mask && v !== x[position] && p > edit!)
        const surest = masked.toSorted((a, b) => b.p - a.p || a.position - b.position).slice(0, 1)
        const update = [...(gamma.length > 0 ? gamma : surest), ...delta]
        if (masked.length === 0) more = update.length === 0 ? 0 : more - 1
        for (const { position, v } of update) x[position] = v
      }
      expect(events).toHaveLength(passes)
      expect(x).toEqual(states.at(-1)!.ids)
    })
  })

  it('by hand: a better fifth token changes the second', () => {
    const settings = settingsOf(2, { strategy: 'editing', threshold: 0.9, edit: 0.9 })
    const row = (id: number, p: number) =>
      [
        [id, p],
        [11, 1 - p],
      ] as const
    const first = denoise(
      startDiffusion(settings, VOCABULARY),
      predictionOf([row(3, 0.6), row(4, 0.5)]),
      randomAt(1, 1),
    )
    expect([...first.state.ids]).toEqual([3, mask])
    const second = denoise(first.state, predictionOf([row(5, 0.95), row(4, 0.99)]), randomAt(1, 2))
    expect([...second.state.ids]).toEqual([5, 4])
    expect([...second.event.positions]).toEqual([0, 1])
    expect(second.event.commits).toMatchObject([
      { position: 1, id: 4, rank: 1, reason: { rule: 'threshold' } },
      { position: 0, id: 5, previous: 3, rank: 2, reason: { rule: 'edited', threshold: 0.9 } },
    ])
    const third = denoise(second.state, predictionOf([row(5, 0.9), row(4, 0.9)]), randomAt(1, 3))
    expect(third.event.commits).toEqual([])
    expect(isFinished(third.state)).toBe(true)
  })
})
