import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append } from './append.ts'
import { arbitraryTrace } from './testing/traces.ts'
import {
  duration,
  laneMs,
  momentAt,
  momentNear,
  seenSpeed,
  speedsFor,
  timelineOf,
  CLOCKS,
} from './timeline.ts'
import type { Trace } from './trace.ts'

const clocks = fc.constantFrom(...CLOCKS)
const lanes = fc.array(fc.option(arbitraryTrace), { minLength: 1, maxLength: 6 })

/** The same run at another pace, a half of its steps at once with the one before. */
const paced = fc.tuple(arbitraryTrace, fc.array(fc.nat({ max: 3 }))).map(([trace, waits]): Trace => {
  let at = 0
  return { ...trace, steps: trace.steps.map((step, index) => ({ ...step, at: (at += waits[index] ?? 0) })) }
})

describe('a timeline', () => {
  it('reaches every state of every lane, in order, and changes something at every moment', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.oneof(arbitraryTrace, paced)), { minLength: 1, maxLength: 6 }),
        clocks,
        (traces, clock) => {
          const { moments } = timelineOf(traces, clock)
          traces.forEach((trace, lane) => {
            const stood = new Set(moments.map(({ steps }) => steps[lane]))
            expect(stood.size).toBe((trace?.steps.length ?? 0) + 1)
          })
          for (const [at, { steps, ms, value }] of moments.entries()) {
            const before = moments[at - 1]
            if (before === undefined) continue
            expect(steps).not.toEqual(before.steps)
            steps.forEach((step, lane) => expect(step).toBeGreaterThanOrEqual(before.steps[lane]!))
            expect(ms).toBeGreaterThanOrEqual(before.ms)
            expect(value).toBeGreaterThanOrEqual(before.value)
          }
        },
      ),
    )
  })

  it('holds what its clock says at every moment', () => {
    fc.assert(
      fc.property(lanes, (traces) => {
        for (const { value, steps } of timelineOf(traces, 'passes').moments) {
          traces.forEach(
            (trace, lane) => trace && expect(steps[lane]).toBe(Math.min(value, trace.steps.length)),
          )
        }
        for (const { value, steps } of timelineOf(traces, 'share').moments) {
          traces.forEach((trace, lane) => {
            if (!trace) return
            expect(steps[lane]! / trace.steps.length).toBeLessThanOrEqual(value)
            if (steps[lane]! < trace.steps.length)
              expect((steps[lane]! + 1) / trace.steps.length).toBeGreaterThan(value)
          })
        }
        const timeline = timelineOf(traces, 'time')
        for (const moment of timeline.moments) {
          traces.forEach((trace, lane) => {
            if (!trace || duration(trace) === 0) return
            expect(moment.steps[lane]).toBe(trace.steps.filter(({ at }) => at <= moment.value).length)
            expect(laneMs(trace, timeline, moment, lane)).toBe(Math.min(moment.value, duration(trace)))
          })
        }
      }),
    )
  })

  it('gives a pass and the edits behind it moments of their own', () => {
    fc.assert(
      fc.property(arbitraryTrace, clocks, (trace, clock) => {
        const change = { position: 0, id: 3, how: 'pinned' } as const
        let edited = append(trace, { kind: 'edit', changes: [change] })
        edited = append(edited, { kind: 'edit', changes: [{ ...change, id: 4 }] })
        const { moments } = timelineOf([edited, trace], clock)
        expect(new Set(moments.map(({ steps }) => steps[0])).size).toBe(edited.steps.length + 1)
      }),
    )
  })

  it('is found again by what has come, and by the steps of its lanes', () => {
    fc.assert(
      fc.property(lanes, clocks, (traces, clock) => {
        const timeline = timelineOf(traces, clock)
        for (const [index, { steps, ms }] of timeline.moments.entries()) {
          expect(momentNear(timeline, steps)).toBe(index)
          expect(timeline.moments[momentAt(timeline, ms)]!.ms).toBe(ms)
        }
        expect(momentAt(timeline, timeline.ms + 1)).toBe(timeline.moments.length - 1)
      }),
    )
  })

  it('is only the start where nothing has begun', () => {
    for (const clock of CLOCKS) {
      expect(timelineOf([null, null], clock)).toEqual({
        clock,
        moments: [{ value: 0, ms: 0, steps: [0, 0] }],
        ms: 0,
        timed: false,
      })
    }
  })
})

describe('speeds', () => {
  it('open a quick run slowed down, and always offer its own speed', () => {
    expect(seenSpeed(115)).toBe(1 / 64)
    expect(seenSpeed(4000)).toBe(1)
    expect(seenSpeed(60_000)).toBe(1)
    expect(speedsFor(1200)).toEqual([1 / 16, 1 / 8, 1 / 4, 1 / 2, 1])
    expect(speedsFor(9000)).toEqual([0.25, 0.5, 1, 2, 4])
    expect(speedsFor(115)).toContain(1)
  })
})
