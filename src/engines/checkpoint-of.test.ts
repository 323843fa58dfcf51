import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import { changeSettings } from '../core/change-settings.ts'
import { STRATEGY_NAMES } from '../core/strategies/strategy-of.ts'
import { append } from '../trace/append.ts'
import type { Trace } from '../trace/trace.ts'
import { checkpointOf } from './checkpoint-of.ts'
import type { RunRequest } from './run-request.ts'
import { runSteps } from './run.ts'
import { scriptedModel } from './testing/scripted-model.ts'

const requests = fc.oneof(
  fc
    .record({
      strategy: fc.constantFrom(...STRATEGY_NAMES),
      blockLength: fc.integer({ min: 1, max: 6 }),
      steps: fc.integer({ min: 1, max: 6 }),
      threshold: fc.constantFrom(0.5, 0.87),
      eta: fc.constantFrom(0.2, 1),
      edit: fc.constantFrom(0.05, 0.5, 1),
      seed: fc.nat(),
    })
    .map((settings): RunRequest => ({
      decoder: 'diffusion',
      prompt: 'ab',
      settings: changeSettings(defaultDiffusionSettings(6), settings),
    })),
  fc.constant<RunRequest>({
    decoder: 'autoregressive',
    prompt: 'ab',
    settings: defaultAutoregressiveSettings(6),
  }),
)

it('reads off the trace what the loop itself would hand on, after every step of every strategy', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const model = scriptedModel()
      let trace: Trace | null = null
      const options = { signal: new AbortController().signal, now: model.now }
      for await (const { event, checkpoint } of runSteps(model, request, options)) {
        trace = append(trace, event)
        if (checkpoint !== null) expect(checkpointOf(trace)).toEqual(checkpoint)
      }
      expect(trace?.status).toBe('done')
    }),
    { numRuns: 120 },
  )
})
