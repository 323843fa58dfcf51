import { describe, expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { append, finish } from './append.ts'
import { diffusionTrace } from './testing/traces.ts'

const whole = diffusionTrace(defaultDiffusionSettings(3), { seed: 1, k: 8, sharpness: 4, endBias: 0 })
const start = { kind: 'start', header: whole.header } as const
const step = (at: number) => ({ kind: 'step', step: whole.steps[at]! }) as const

describe('append', () => {
  it('builds a trace and leaves the earlier ones as they were', () => {
    const empty = append(null, start)
    const one = append(empty, step(0))
    expect(empty).toEqual({ header: whole.header, steps: [], status: 'running' })
    expect(one.steps).toEqual([whole.steps[0]])
    expect(append(one, { kind: 'end' })).toEqual({ ...one, status: 'done' })
    expect(finish(one, 'stopped')).toEqual({ ...one, status: 'stopped' })
  })

  it('goes on with a stopped run', () => {
    const stopped = finish(append(append(null, start), step(0)), 'stopped')
    expect(append(stopped, step(1)).status).toBe('running')
  })

  it('refuses steps that come before the start or out of order', () => {
    expect(() => append(null, step(0))).toThrow(/began with "step"/)
    expect(() => append(append(null, start), step(1))).toThrow(/Step 2 came where step 1/)
  })
})
