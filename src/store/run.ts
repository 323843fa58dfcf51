import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LoadedModel } from '../engines/browser/progress.ts'
import type { RunRequest } from '../engines/engine.ts'
import { isEngineError, type EngineError } from '../engines/engine-error.ts'
import { append, finish } from '../trace/append.ts'
import type { Decoder, Trace } from '../trace/trace.ts'
import { isBusy, type Activity } from './activity.ts'
import { keepEngine, type LocalEngine, type OpenEngine } from './local-engine.ts'
import { autoregressiveSettings, type Recipe } from './recipe.ts'
import type { Shown } from './shown.ts'

/** Two axes: what there is (`shown`), and what the engine is doing (`activity`). */
export interface RunState {
  readonly shown: Shown | null
  readonly activity: Activity
  /** Known once the model was loaded. */
  readonly model: LoadedModel | null
  /** Shows a finished comparison instead. A run that is going is stopped first. */
  open(shown: Shown): void
  /** Runs both decoders, diffusion first. What is shown stays until the first new step. */
  start(recipe: Recipe): Promise<void>
  /** Stops at once and keeps what there is. */
  stop(): void
  /** Takes away the message of a failure. */
  dismiss(): void
}

const ORDER: readonly Decoder[] = ['diffusion', 'autoregressive']

/** Steps can come faster than a screen can show them: at most one drawing a frame. */
const FRAME_MS = 16

export interface RunDependencies {
  readonly openEngine: OpenEngine
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** The date that a run carries, ISO 8601; the device's own if left out. */
  readonly today?: () => string
}

export function createRunStore({
  openEngine,
  now,
  today = () => new Date().toISOString(),
}: RunDependencies): StoreApi<RunState> {
  const engineFor = keepEngine(openEngine)
  let current: AbortController | null = null
  let settled: Promise<void> = Promise.resolve()
  /** Shows the steps that came within the last frame. */
  let flush: (() => void) | null = null
  /** When the run began: the same run always carries the same date. */
  let begunAt = ''

  return createStore<RunState>()((set, get) => {
    const place = (decoder: Decoder, trace: Trace, pieces: Shown['pieces']) =>
      set(({ shown }) => {
        const before = shown !== null && decoder === 'autoregressive' ? shown.traces.diffusion : null
        const traces =
          decoder === 'diffusion'
            ? { diffusion: trace, autoregressive: null }
            : { diffusion: before, autoregressive: trace }
        return { shown: { source: 'live', prompt: trace.header.prompt, traces, pieces, recordedAt: begunAt } }
      })

    const draw = () => {
      flush?.()
      flush = null
    }

    /** One lane, from its first step to its end. */
    const lane = async (engine: LocalEngine, request: RunRequest, signal: AbortSignal) => {
      set({ activity: { kind: 'running', decoder: request.decoder } })
      const pieces = engine.pieces()
      let trace: Trace | null = null
      let drawnAt = -Infinity
      for await (const event of engine.run(request, signal)) {
        if (signal.aborted) return
        const grown = (trace = append(trace, event))
        if (event.kind === 'start') continue
        flush = () => place(request.decoder, grown, pieces)
        if (event.kind === 'step' && now() - drawnAt < FRAME_MS) continue
        draw()
        drawnAt = now()
      }
    }

    const both = async (recipe: Recipe, signal: AbortSignal) => {
      const engine = await engineFor(recipe.device)
      const load = () =>
        engine.load((progress) => {
          if (!signal.aborted) set({ activity: { kind: 'loading', progress } })
        }, signal)
      const model = await load()
      if (signal.aborted) return
      set({ model })
      for (const decoder of ORDER) {
        await lane(engine, requestOf(decoder, recipe), signal)
        if (signal.aborted) return
      }
      // A device that was lost on the way has been replaced: the notes say so.
      set({ model: await load(), activity: { kind: 'idle' } })
    }

    const fail = (thrown: unknown) => {
      const error = toError(thrown)
      const decoder = workingLane(get().activity)
      draw()
      set(({ shown }) => ({
        activity: { kind: 'failed', decoder, error },
        shown: ended(shown, decoder, 'failed'),
      }))
    }

    const stop = () => {
      if (!isBusy(get().activity)) return
      current?.abort()
      draw()
      const decoder = workingLane(get().activity)
      set(({ shown }) => ({
        activity: { kind: 'stopped', decoder },
        shown: ended(shown, decoder, 'stopped'),
      }))
    }

    return {
      shown: null,
      activity: { kind: 'idle' },
      model: null,
      open(shown) {
        stop()
        set({ shown, activity: { kind: 'idle' } })
      },
      start(recipe) {
        stop()
        begunAt = today()
        const { signal } = (current = new AbortController())
        set({ activity: { kind: 'loading', progress: null } })
        const previous = settled
        settled = previous
          .then(() => (signal.aborted ? undefined : both(recipe, signal)))
          .catch((thrown: unknown) => {
            if (!signal.aborted) fail(thrown)
          })
        return settled
      },
      stop,
      dismiss: () => {
        if (get().activity.kind === 'failed') set({ activity: { kind: 'idle' } })
      },
    }
  })
}

function requestOf(decoder: Decoder, { prompt, settings }: Recipe): RunRequest {
  return decoder === 'diffusion'
    ? { decoder, prompt, settings }
    : { decoder, prompt, settings: autoregressiveSettings(settings) }
}

function workingLane(activity: Activity): Decoder | null {
  return activity.kind === 'running' ? activity.decoder : null
}

/** Marks a trace that was still growing as one that goes no further. */
function ended(shown: Shown | null, decoder: Decoder | null, status: 'stopped' | 'failed'): Shown | null {
  const trace = decoder === null ? null : (shown?.traces[decoder] ?? null)
  if (shown === null || decoder === null || trace === null || trace.status !== 'running') return shown
  return { ...shown, traces: { ...shown.traces, [decoder]: finish(trace, status) } }
}

function toError(thrown: unknown): EngineError {
  if (isEngineError(thrown)) return thrown
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return { kind: 'unexpected', message: 'Something went wrong in the page. Try the run again.', detail }
}
