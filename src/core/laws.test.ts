import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeSettings } from './change-settings.ts'
import { denoise } from './denoise.ts'
import { isFinished } from './diffusion-state.ts'
import { plannedPasses } from './planned-passes.ts'
import { randomAt } from './random.ts'
import { blockOf } from './schedule.ts'
import type { DiffusionSettings } from './settings.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from './strategies/strategy-of.ts'
import {
  arbitraryModel,
  arbitrarySettings,
  predict,
  runToEnd,
  VOCABULARY,
  type ArbitraryModel,
} from './testing/arbitrary-run.ts'

const { mask, end, suppressed } = VOCABULARY
const QUOTA_STRATEGIES = ['low-confidence', 'random', 'margin', 'entropy'] as const
const masksIn = (ids: Int32Array) => ids.filter((id) => id === mask).length
const isFree = ({ reason }: { reason: { rule: string } }) =>
  ['tail', 'taken-back', 'edited'].includes(reason.rule)
const revisionOf = (name: StrategyName) => strategyOf(name).revision?.kind

function check(
  strategies: readonly StrategyName[],
  law: (settings: DiffusionSettings, model: ArbitraryModel) => void,
) {
  fc.assert(fc.property(arbitrarySettings(strategies), arbitraryModel, law), { numRuns: 60 })
}

describe.each(STRATEGY_NAMES.filter((name) => revisionOf(name) === undefined))('%s', (strategy) => {
  it('never changes a committed token, and masks fewer positions after every step', () => {
    check([strategy], (settings, model) => {
      const { states } = runToEnd(settings, model)
      states.slice(1).forEach((after, at) => {
        const before = states[at]!.ids
        expect(masksIn(after.ids)).toBeLessThan(masksIn(before))
        before.forEach((id, position) => {
          if (id !== mask) expect(after.ids[position]).toBe(id)
        })
      })
      expect(isFinished(states.at(-1)!)).toBe(true)
    })
  })
})

describe.each(STRATEGY_NAMES)('%s', (strategy) => {
  it('writes content and then ends, never nothing and never a suppressed token', () => {
    check([strategy], (settings, model) => {
      const ids = [...runToEnd(settings, model).states.at(-1)!.ids]
      const length = ids.includes(end) ? ids.indexOf(end) : ids.length
      expect(length).toBeGreaterThan(0)
      expect(ids.slice(length).every((id) => id === end)).toBe(true)
      expect(ids.some((id) => suppressed.includes(id))).toBe(false)
    })
  })

  it('commits ends from the right edge of the block inwards', () => {
    check([strategy], (settings, model) => {
      const { states } = runToEnd(settings, model)
      for (const { ids } of states) {
        ids.forEach((id, position) => {
          const [, edge] = blockOf(position, settings.blockLength, settings.answerLength)
          if (id === end) expect([...ids.slice(position, edge)].every((other) => other === end)).toBe(true)
        })
      }
    })
  })

  it('takes no more passes than are planned', () => {
    check([strategy], (settings, model) => {
      expect(runToEnd(settings, model).events.length).toBeLessThanOrEqual(plannedPasses(settings))
    })
  })

  it('tells the order in which it asked, and commits from its start', () => {
    check([strategy], (settings, model) => {
      for (const { positions, guesses, block, order, commits } of runToEnd(settings, model).events) {
        const chosen = commits.filter((commit) => !isFree(commit))
        const places = [...order!].filter((place) => place > 0)
        expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, at) => at + 1))
        positions.forEach((position, row) => {
          if (position >= block[1]) expect(order![row]).toBe(0)
          const waitsInFront = order![row]! > 0 && order![row]! <= chosen.length
          const isChosen = chosen.some((commit) => commit.position === position)
          // Only an end that is not at the edge yet is passed over.
          if (waitsInFront && !isChosen) expect(guesses[row]).toBe(end)
        })
      }
    })
  })

  it('gives the same trace for the same seed', () => {
    check([strategy], (settings, model) => {
      expect(runToEnd(settings, model)).toEqual(runToEnd(settings, model))
    })
  })

  it('reports what it read and what it did', () => {
    check([strategy], (settings, model) => {
      const { states, events } = runToEnd(settings, model)
      events.forEach((event, at) => {
        const before = states[at]!.ids
        expect(event.step).toBe(at + 1)
        const edited = event.commits.flatMap(({ reason, position }) =>
          reason.rule === 'edited' ? position : [],
        )
        expect([...event.positions]).toEqual(
          [...before.keys()].filter((p) => before[p] === mask || edited.includes(p)),
        )
        expect(event.ids.length).toBe(event.positions.length * event.k)
        const after = before.slice()
        for (const { position, id, previous, probability } of event.commits) {
          expect(previous).toBe(before[position])
          after[position] = id
          const row = event.positions.indexOf(position)
          if (position >= event.block[1] || id === mask) continue
          expect(event.guesses[row]).toBe(id)
          expect(event.confidence[row]).toBe(Math.fround(probability))
        }
        expect(after).toEqual(states[at + 1]!.ids)
        expect(event.commits.map(({ rank }) => rank)).toEqual(event.commits.map((_, index) => index + 1))
      })
    })
  })

  it.skipIf(revisionOf(strategy) === 'edits')('does not read predictions of committed positions', () => {
    check([strategy], (settings, model) => {
      const { states, events } = runToEnd(settings, model)
      const at = Math.floor(events.length / 2)
      const state = states[at]!
      const prediction = predict(model, settings.answerLength, at + 1)
      state.ids.forEach((id, position) => {
        if (id === mask) return
        prediction.logProbs.fill(-3, position * prediction.k, (position + 1) * prediction.k)
        prediction.ids.fill(5, position * prediction.k, (position + 1) * prediction.k)
        prediction.entropy[position] = 9
      })
      expect(denoise(state, prediction, randomAt(settings.seed, at + 1)).event).toEqual(events[at])
    })
  })

  it('continues from any state as if it had not stopped', () => {
    check([strategy], (settings, model) => {
      const { states, events } = runToEnd(settings, model)
      events.forEach((event, at) => {
        const prediction = predict(model, settings.answerLength, at + 1)
        expect(denoise(states[at]!, prediction, randomAt(settings.seed, at + 1))).toEqual({
          state: states[at + 1],
          event,
        })
      })
    })
  })
})

describe('strategies with a quota', () => {
  it('commit the quota in every step that leaves its block unfinished', () => {
    check(QUOTA_STRATEGIES, (settings, model) => {
      const { states, events } = runToEnd(settings, model)
      events.forEach((event, at) => {
        const chosen = event.commits.filter((commit) => !isFree(commit))
        const quotas = chosen.map(({ reason }) => ('quota' in reason ? reason.quota : 0))
        const left = masksIn(states[at + 1]!.ids.subarray(...event.block))
        if (left > 0) expect(quotas).toEqual(Array(quotas[0]).fill(chosen.length))
        else expect(chosen.length).toBeLessThanOrEqual(quotas[0] ?? 0)
      })
    })
  })

  it('take all the passes that are planned when nothing ends early', () => {
    check(QUOTA_STRATEGIES, (settings, model) => {
      const { events } = runToEnd(settings, model)
      if (model.endBias === null) expect(events.length).toBe(plannedPasses(settings))
    })
  })
})

describe('threshold', () => {
  it('of 0 commits each block at once', () => {
    check(['threshold'], (settings, model) => {
      for (const [at, { block, commits }] of runToEnd(
        changeSettings(settings, { threshold: 0 }),
        model,
      ).events.entries()) {
        expect(block[0]).toBe(at * settings.blockLength)
        expect(commits.filter(({ position }) => position < block[1]).length).toBe(block[1] - block[0])
      }
    })
  })

  it('above 1 commits one token a step, beside the tail', () => {
    check(['threshold'], (settings, model) => {
      const { states, events } = runToEnd(changeSettings(settings, { threshold: 1.1 }), model)
      events.forEach(({ block, commits }, at) => {
        const swept = commits.filter((commit) => isFree(commit) && commit.position < block[1]).length
        const masks = masksIn(states[at]!.ids.subarray(...block))
        expect(commits.filter((commit) => !isFree(commit)).length).toBe(Math.min(1, masks - swept))
      })
    })
  })
})
