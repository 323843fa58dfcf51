import fc from 'fast-check'
import { expect, it } from 'vitest'
import { denoise } from './denoise.ts'
import { isFinished, startDiffusion } from './diffusion-state.ts'
import { plannedPasses } from './planned-passes.ts'
import { randomAt } from './random.ts'
import { stepsOfBlock } from './schedule.ts'
import { arbitraryModel, arbitrarySettings, predict, VOCABULARY } from './testing/arbitrary-run.ts'

const { mask, end } = VOCABULARY

it('where ends come last, none is committed while another position of the block has something to say, within the budget', () => {
  let held = 0
  fc.assert(
    fc.property(arbitrarySettings(), arbitraryModel, (settings, model) => {
      let state = startDiffusion(settings, VOCABULARY, 'last')
      const inBlocks = new Map<number, number>()
      let passes = 0
      for (; !isFinished(state); passes++) {
        expect(passes).toBeLessThan(plannedPasses(settings))
        const step = state.step + 1
        const prediction = predict(model, settings.answerLength, step)
        const { state: after, event } = denoise(state, prediction, randomAt(settings.seed, step))
        const [first, edge] = event.block
        inBlocks.set(first, (inBlocks.get(first) ?? 0) + 1)
        const hasBudget = 'steps' in settings
        const isLast =
          hasBudget &&
          inBlocks.get(first)! >= stepsOfBlock(event.block, settings.steps, settings.answerLength)
        const says = event.guesses.filter((id, at) => {
          const position = event.positions[at]!
          return position < edge && id !== mask && state.ids[position] === mask
        })
        if (!isLast && says.some((id) => id !== end)) {
          if (says.includes(end)) held++
          expect(event.commits.filter(({ id }) => id === end)).toEqual([])
        }
        state = after
      }
      expect(passes).toBeLessThanOrEqual(plannedPasses(settings))
      const ids = [...state.ids]
      const length = ids.includes(end) ? ids.indexOf(end) : ids.length
      expect(length).toBeGreaterThan(0)
      expect(ids.slice(length).every((id) => id === end)).toBe(true)
    }),
    { numRuns: 200 },
  )
  expect(held).toBeGreaterThan(20)
})
