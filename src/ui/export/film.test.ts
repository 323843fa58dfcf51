import { expect, test } from 'vitest'
import { shownOfTraces, traceOf } from '../../store/testing.ts'
import { filmOf } from './film.ts'

const film = (ats: readonly number[]) =>
  filmOf(shownOfTraces(traceOf('diffusion', ats), traceOf('autoregressive', [10, 20])), 'time')

test('a film begins before the first step, ends at the last one, and never goes back', () => {
  for (const ats of [[5], [100, 200, 300], Array.from({ length: 500 }, (_, at) => at * 30)]) {
    const moments = film(ats)
    expect(moments[0]).toMatchObject({ step: 0, ms: 0 })
    expect(moments.at(-1)).toMatchObject({ step: ats.length })
    expect(moments.length).toBeLessThanOrEqual(121)
    moments.slice(1).forEach(({ step, ms }, at) => {
      expect(step).toBeGreaterThanOrEqual(moments[at]!.step)
      expect(ms).toBeGreaterThanOrEqual(moments[at]!.ms)
    })
  }
})

test('a run without times shows every step alike', () => {
  const shown = shownOfTraces(traceOf('diffusion', [0, 0, 0, 0]), null)
  expect(filmOf(shown, 'time').map(({ step }) => step)).toEqual([0, 1, 2, 3, 4])
})
