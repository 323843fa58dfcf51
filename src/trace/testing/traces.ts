import fc from 'fast-check'
import type { AutoregressiveSettings, DiffusionSettings } from '../../core/settings.ts'
import type { StepEvent } from '../../core/step-event.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'
import {
  arbitraryModel,
  arbitrarySettings,
  runToEnd,
  VOCABULARY,
  writeToEnd,
  type ArbitraryModel,
} from '../../core/testing/arbitrary-run.ts'
import { append, finish } from '../append.ts'
import { WHOLE } from '../knowledge.ts'
import type { Trace, TraceHeader } from '../trace.ts'

const BASE = {
  prompt: 'a test',
  promptIds: [3, 4],
  vocabulary: VOCABULARY,
  model: { name: 'arbitrary', revision: 'abc', parameters: 12, precision: 'float64' },
  device: { backend: 'cpu', label: 'one thread', threads: 1 },
  knowledge: WHOLE,
} as const

/** A trace of these events, `passMs` apart. */
function traceOf(header: TraceHeader, events: readonly StepEvent[], passMs: number): Trace {
  let trace = append(null, { kind: 'start', header })
  events.forEach((event, at) => {
    trace = append(trace, { kind: 'step', step: { ...event, at: (at + 1) * passMs, passMs } })
  })
  return finish(trace, 'done')
}

export function diffusionTrace(settings: DiffusionSettings, model: ArbitraryModel, passMs = 10): Trace {
  return traceOf({ ...BASE, decoder: 'diffusion', settings }, runToEnd(settings, model).events, passMs)
}

export function autoregressiveTrace(
  settings: AutoregressiveSettings,
  model: ArbitraryModel,
  passMs = 3,
): Trace {
  return traceOf({ ...BASE, decoder: 'autoregressive', settings }, writeToEnd(settings, model).events, passMs)
}

const tracesBy = (strategies: readonly StrategyName[]) =>
  fc
    .tuple(arbitrarySettings(strategies), arbitraryModel)
    .map(([settings, model]) => diffusionTrace(settings, model))

const revises = (name: StrategyName) => strategyOf(name).revision !== undefined

/** Runs whose commits are final. */
export const arbitraryDiffusion = tracesBy(STRATEGY_NAMES.filter((name) => !revises(name)))

/** Runs that take back or change what they committed. */
export const arbitraryRevising = tracesBy(STRATEGY_NAMES.filter(revises))

export const arbitraryAutoregressive = fc
  .tuple(fc.integer({ min: 1, max: 20 }), arbitraryModel)
  .map(([answerLength, model]) =>
    autoregressiveTrace({ answerLength, temperature: 0, topK: 4, seed: 1 }, model),
  )

export const arbitraryTrace = fc.oneof(arbitraryDiffusion, arbitraryAutoregressive)
