import { startAutoregressive } from '../core/autoregressive-state.ts'
import { denoise } from '../core/denoise.ts'
import { isFinished, startDiffusion } from '../core/diffusion-state.ts'
import { extend } from '../core/extend.ts'
import { randomAt } from '../core/random.ts'
import type { StepEvent } from '../core/step-event.ts'
import { WHOLE } from '../trace/knowledge.ts'
import type { StartingCanvas, PassSplit, TraceEvent, TraceHeader } from '../trace/trace.ts'
import type { EngineError } from './engine-error.ts'
import type { Checkpoint, RunRequest } from './run-request.ts'
import type { RunnableModel } from './runnable-model.ts'
import { settingsForGaps, startOf, type Start } from './start-of.ts'

export interface RunOptions {
  readonly signal: AbortSignal
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** Goes on from here and not from the first step; must be of the request's decoder. */
  readonly from?: Checkpoint
}

/** An event and, after a step, the checkpoint that the run has reached. */
export interface RunStep {
  readonly event: TraceEvent
  readonly checkpoint: Checkpoint | null
}

export const CANCELLED: EngineError = { kind: 'cancelled', message: 'The run was stopped.' }

/** What the core says about settings that make no sense is a sentence for the person already. */
function started<State>(start: () => State): State {
  try {
    return start()
  } catch (error) {
    throw { kind: 'unexpected', message: (error as Error).message } satisfies EngineError
  }
}

interface Progress {
  readonly checkpoint: Checkpoint
  readonly event: StepEvent
  readonly passMs: number
  readonly split?: PassSplit | undefined
}

async function* diffusionSteps(
  { predictor, vocabulary, ends = 'sure' }: RunnableModel,
  request: Extract<RunRequest, { decoder: 'diffusion' }>,
  { promptIds, canvas }: Start,
  { signal, now, from }: RunOptions,
): AsyncGenerator<Progress> {
  const { settings } = request
  // A checkpoint that was read off a trace doesn't know the model's rule.
  let state =
    from?.decoder === 'diffusion'
      ? { ...from.state, ends }
      : started(() => startDiffusion(settings, vocabulary, ends, canvas?.ids))
  let at = from?.at ?? 0
  while (!isFinished(state)) {
    if (signal.aborted) throw CANCELLED
    const pulledAt = now()
    const { prediction, passMs, split } = await predictor.denoise(promptIds, state.ids)
    const decided = denoise(state, prediction, randomAt(settings.seed, state.step + 1))
    state = decided.state
    at += now() - pulledAt
    yield { checkpoint: { decoder: 'diffusion', at, state }, event: decided.event, passMs, split }
  }
}

async function* autoregressiveSteps(
  { predictor, vocabulary }: RunnableModel,
  request: Extract<RunRequest, { decoder: 'autoregressive' }>,
  { promptIds, canvas }: Start,
  { signal, now, from }: RunOptions,
): AsyncGenerator<Progress> {
  const { settings } = request
  let state =
    from?.decoder === 'autoregressive'
      ? from.state
      : started(() => startAutoregressive(settings, vocabulary, canvas?.ids))
  let at = from?.at ?? 0
  let unread: readonly number[] = [...promptIds, ...state.ids]
  const extension = predictor.startExtension(promptIds.length + settings.answerLength)
  try {
    while (!state.finished) {
      if (signal.aborted) throw CANCELLED
      const pulledAt = now()
      const { prediction, passMs } = await extension.extend(unread)
      const read = state.ids.length
      const decided = extend(state, prediction, randomAt(settings.seed, state.ids.length + 1))
      state = decided.state
      unread = state.ids.slice(read)
      at += now() - pulledAt
      yield { checkpoint: { decoder: 'autoregressive', at, state }, event: decided.event, passMs }
    }
  } finally {
    extension.release()
  }
}

/** The same request for a text with gaps: its settings are those of its canvas. */
function withGaps(request: RunRequest, canvas: StartingCanvas): RunRequest {
  return request.decoder === 'diffusion'
    ? { ...request, settings: settingsForGaps(request.settings, canvas) }
    : { ...request, settings: settingsForGaps(request.settings, canvas) }
}

/**
 * The loop: one forward pass a pull, whichever the decoder. The clock stands while nobody pulls.
 * Abandoning the generator drops the run; an aborted signal ends it before the next pass.
 *
 * Throws an `EngineError`, or what the predictor throws.
 */
export async function* runSteps(
  model: RunnableModel,
  asked: RunRequest,
  options: RunOptions,
): AsyncGenerator<RunStep, void, undefined> {
  const start = startOf(model, asked)
  const { promptIds, canvas } = start
  const request = canvas === null ? asked : withGaps(asked, canvas)
  const { card, device, vocabulary } = model
  const { prompt } = request
  const text = canvas === null ? {} : { canvas }
  const shared = { prompt, promptIds, vocabulary, model: card, device, knowledge: WHOLE, ...text }
  const header: TraceHeader =
    request.decoder === 'diffusion'
      ? { decoder: request.decoder, settings: request.settings, ...shared }
      : { decoder: request.decoder, settings: request.settings, ...shared }
  if (options.signal.aborted) throw CANCELLED
  await model.predictor.prepare(request.decoder, promptIds.length + request.settings.answerLength)
  yield { event: { kind: 'start', header }, checkpoint: null }
  const steps =
    request.decoder === 'diffusion'
      ? diffusionSteps(model, request, start, options)
      : autoregressiveSteps(model, request, start, options)
  for await (const { checkpoint, event, passMs, split } of steps) {
    const step = { ...event, at: checkpoint.at, passMs, ...(split && { split }) }
    yield { event: { kind: 'step', step }, checkpoint }
  }
  yield { event: { kind: 'end' }, checkpoint: null }
}
