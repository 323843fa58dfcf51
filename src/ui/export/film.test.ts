import { expect, test } from 'vitest'
import { traceOf } from '../../store/testing/scripted.ts'
import { timelineOf } from '../../trace/timeline.ts'
import { filmOf } from './film.ts'

test('a film begins at the start, ends at the last moment, and never goes back', () => {
  for (const ats of [[5], [100, 200, 300], Array.from({ length: 500 }, (_, at) => at * 30)]) {
    for (const others of [[], [traceOf('autoregressive', [10, 20])]]) {
      const timeline = timelineOf([traceOf('diffusion', ats), ...others], 'time')
      const frames = filmOf(timeline)
      expect(frames[0]!.at).toBe(0)
      expect(frames.at(-1)!.at).toBe(timeline.moments.length - 1)
      expect(frames.length).toBeLessThanOrEqual(121)
      frames.slice(1).forEach(({ at }, before) => expect(at).toBeGreaterThanOrEqual(frames[before]!.at))
    }
  }
})

test('a lane of one pass does not hide the other one: each of its states is filmed', () => {
  const timeline = timelineOf(
    [traceOf('diffusion', [400]), traceOf('autoregressive', [100, 200, 300, 400, 500])],
    'time',
  )
  expect([...new Set(filmOf(timeline).map(({ at }) => at))]).toEqual([0, 1, 2, 3, 4, 5])
})

test('a run without times shows every step', () => {
  const timeline = timelineOf([traceOf('diffusion', [0, 0, 0, 0])], 'time')
  expect([...new Set(filmOf(timeline).map(({ at }) => at))]).toEqual([0, 1, 2, 3, 4])
})
