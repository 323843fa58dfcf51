import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { frameAt, GUESS_FLOOR } from './frame-at.ts'
import {
  arbitraryAutoregressive,
  arbitraryDiffusion,
  arbitraryRevising,
  arbitraryTrace,
  diffusionTrace,
} from './testing/traces.ts'

const { end } = VOCABULARY
const isDecided = ({ state }: { state: string }) => state !== 'masked' && state !== 'guess'

describe('frameAt', () => {
  it('is pure: scrubbing in any order shows the same frames', () => {
    fc.assert(
      fc.property(arbitraryTrace, fc.array(fc.nat({ max: 25 })), (trace, steps) => {
        const before = structuredClone(trace)
        const frames = trace.steps.map((_, at) => frameAt(trace, at + 1))
        for (const step of steps.filter((at) => at >= 1 && at <= frames.length)) {
          expect(frameAt(trace, step)).toEqual(frames[step - 1])
        }
        expect(trace).toEqual(before)
      }),
    )
  })

  it('only ever decides more, and each cell once', () => {
    fc.assert(
      fc.property(arbitraryTrace, (trace) => {
        for (let step = 1; step <= trace.steps.length; step++) {
          const [before, after] = [frameAt(trace, step - 1), frameAt(trace, step)]
          expect(after.committed).toBeGreaterThan(before.committed)
          expect(after.committed + after.masked).toBe(after.cells.length)
          expect(after.cells.filter(isDecided)).toHaveLength(after.committed)
          const fresh = after.cells.filter((cell) => cell.fresh).map(({ position }) => position)
          const committed = trace.steps[step - 1]!.commits.map(({ position }) => position)
          expect(fresh).toEqual(committed.toSorted((a, b) => a - b))
          before.cells.filter(isDecided).forEach((cell) => {
            expect(after.cells[cell.position]).toEqual({ ...cell, fresh: false })
          })
        }
      }),
    )
  })

  it('shows what a strategy took back as masked again, and what it changed as revised, with what stood there', () => {
    fc.assert(
      fc.property(arbitraryRevising, (trace) => {
        const stood = new Map<number, number>()
        for (const { step, commits } of trace.steps) {
          const { cells } = frameAt(trace, step)
          for (const { position, id, previous, reason } of commits) {
            const cell = cells[position]!
            expect(cell.fresh).toBe(true)
            if (reason.rule === 'taken-back') {
              expect(cell).toMatchObject({ again: true, before: previous, state: 'masked' })
            } else if (reason.rule === 'edited') {
              expect(cell).toMatchObject({ state: 'revised', before: previous, id })
            } else {
              const other = stood.has(position) && stood.get(position) !== id && id !== end
              expect(cell.state).toBe(id === end ? 'end' : other ? 'revised' : 'committed')
            }
            if (id !== VOCABULARY.mask) stood.set(position, id)
          }
        }
      }),
    )
  })

  it('shows a canvas of masks before the first step, and no mask after the last', () => {
    fc.assert(
      fc.property(arbitraryDiffusion, (trace) => {
        const { answerLength } = trace.header.settings
        expect(frameAt(trace, 0).cells).toEqual(
          Array.from({ length: answerLength }, (_, position) => ({
            position,
            state: 'masked',
            id: null,
            fresh: false,
            pinned: false,
          })),
        )
        expect(frameAt(trace, trace.steps.length).masked).toBe(0)
        expect(frameAt(trace, 1e9)).toEqual(frameAt(trace, trace.steps.length))
        expect(frameAt(trace, -3)).toEqual(frameAt(trace, 0))
      }),
    )
  })

  it('draws guesses of the same step, from the floor on', () => {
    fc.assert(
      fc.property(arbitraryDiffusion, fc.constantFrom(GUESS_FLOOR, 0, 0.6), (trace, floor) => {
        trace.steps.forEach(({ step, positions, guesses, confidence, commits }) => {
          const { cells } = frameAt(trace, step, floor)
          const border = frameAt(trace, step, confidence[0]).cells[positions[0]!]!
          expect(border.state).not.toBe('masked')
          positions.forEach((position, row) => {
            if (commits.some((commit) => commit.position === position)) return
            const drawn = confidence[row]! >= floor
            expect(cells[position]).toMatchObject(
              drawn ? { state: 'guess', id: guesses[row] } : { state: 'masked', id: null },
            )
          })
        })
      }),
    )
  })

  it('holds only what an autoregressive run has written', () => {
    fc.assert(
      fc.property(arbitraryAutoregressive, (trace) => {
        for (let step = 0; step <= trace.steps.length; step++) {
          expect(frameAt(trace, step)).toMatchObject({ committed: step, masked: 0 })
          expect(frameAt(trace, step).cells).toHaveLength(step)
        }
      }),
    )
  })

  it('tells an end and a revision from a commit', () => {
    const settings = { ...defaultDiffusionSettings(3), steps: 1 }
    const trace = diffusionTrace(settings, { seed: 2, k: 12, sharpness: 1, endBias: null })
    const commit = trace.steps[0]!.commits[0]!
    const at = { step: 2, commits: [{ ...commit, position: 1, id: 7, previous: 9 }] }
    const ended = { step: 3, commits: [{ ...commit, position: 2, id: end, previous: 9 }] }
    const revised = {
      ...trace,
      steps: [...trace.steps, { ...trace.steps[0]!, ...at }, { ...trace.steps[0]!, ...ended }],
    }
    expect(frameAt(revised, 3).cells).toMatchObject([
      { state: 'committed', committedAt: 1 },
      { state: 'revised', committedAt: 2, id: 7 },
      { state: 'end', committedAt: 3, fresh: true },
    ])
  })
})
