import fc from 'fast-check'
import { expect, it } from 'vitest'
import { denoise } from './denoise.ts'
import { isFinished, startDiffusion } from './diffusion-state.ts'
import { randomAt } from './random.ts'
import { blockOf } from './schedule.ts'
import { arbitraryModel, arbitrarySettings, predict, VOCABULARY } from './testing/arbitrary-run.ts'

const { mask, end } = VOCABULARY

it('where ends come last, none is committed while another position of the block has something to say', () => {
  let held = 0
  fc.assert(
    fc.property(arbitrarySettings(), arbitraryModel, (settings, model) => {
      let state = startDiffusion(settings, VOCABULARY, 'last')
      for (let passes = 0; !isFinished(state); passes++) {
        expect(passes).toBeLessThan(settings.answerLength)
        const step = state.step + 1
        const prediction = predict(model, settings.answerLength, step)
        const { state: after, event } = denoise(state, prediction, randomAt(settings.seed, step))
        const first = state.ids.indexOf(mask)
        const [, edge] = blockOf(first, settings.blockLength, settings.answerLength)
        const hasMore = event.positions.some(
          (position, at) => position < edge && event.guesses[at] !== end && event.guesses[at] !== mask,
        )
        const ended = event.commits.filter(({ id }) => id === end)
        // A guess that content of the same step has cut off from the edge is read anew, and is no end then.
        if (hasMore && event.guesses.includes(end)) held++
        if (event.guesses.some((id, at) => event.positions[at]! < edge && id !== end && id !== mask)) {
          expect(ended).toEqual([])
        }
        state = after
      }
      const ids = [...state.ids]
      const length = ids.includes(end) ? ids.indexOf(end) : ids.length
      expect(length).toBeGreaterThan(0)
      expect(ids.slice(length).every((id) => id === end)).toBe(true)
    }),
    { numRuns: 200 },
  )
  expect(held).toBeGreaterThan(20)
})
