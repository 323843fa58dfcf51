import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LoadedModel } from '../engines/progress.ts'
import type { LaneEngine } from '../engines/engine.ts'
import { isEngineError, type EngineError } from '../engines/engine-error.ts'
import { finish } from '../trace/append.ts'
import type { Decoder, Trace } from '../trace/trace.ts'
import { isBusy, type Activity } from './activity.ts'
import { growLane, type Work } from './grow-lane.ts'
import { keepEngine, keepRemotes, type OpenEngine, type OpenServers } from './lane-engines.ts'
import type { Recipe } from './recipe.ts'
import type { Shown } from './shown.ts'

/** How a run goes on. */
interface GoOn {
  /** So many steps, and then it stops again; to the end if left out. */
  readonly steps?: number
  /** Whether to wait for a server that does not answer. */
  readonly wait?: boolean
}

/** Two axes: what there is (`shown`), and what the engine is doing (`activity`). */
export interface RunState {
  readonly shown: Shown | null
  readonly activity: Activity
  /** This device's model, once it was loaded. */
  readonly model: LoadedModel | null
  /** Sentences about where the last run was computed and why there. */
  readonly notes: readonly string[]
  /** What goes wrong on the way and is tried again, as a sentence. */
  readonly trouble: string | null
  /** The lane at which the run that is shown can go on, with the tokens that it would have had anyway. */
  readonly unfinished: Decoder | null
  /** Shows a finished comparison instead. A run that is going is stopped first. */
  open(shown: Shown): void
  /** Runs both decoders, diffusion first. What is shown stays until the first new step. */
  start(recipe: Recipe): Promise<void>
  /** Goes on with what is unfinished; nothing where nothing is. */
  goOn(how?: GoOn): Promise<void>
  /** Stops at once and keeps what there is. */
  stop(): void
  /** Takes away the message of a failure. */
  dismiss(): void
}

const ORDER: readonly Decoder[] = ['diffusion', 'autoregressive']

/** Steps can come faster than a screen can show them: at most one drawing a frame. */
const FRAME_MS = 16

/** A server that is waited for is asked again so often. */
const WAIT_MS = 1000

export interface RunDependencies {
  readonly openEngine: OpenEngine
  readonly servers: OpenServers
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** The date that a run carries, ISO 8601; the device's own if left out. */
  readonly today?: () => string
}

export function createRunStore({
  openEngine,
  servers,
  now,
  today = () => new Date().toISOString(),
}: RunDependencies): StoreApi<RunState> {
  const engineOfDevice = keepEngine(openEngine)
  let current: AbortController | null = null
  let settled: Promise<void> = Promise.resolve()
  /** Shows the steps that came within the last frame. */
  let flush: (() => void) | null = null
  /** When the run began: the same run always carries the same date. */
  let begunAt = ''
  let work: Work | null = null

  return createStore<RunState>()((set, get) => {
    const remote = keepRemotes(servers, (trouble) => set({ trouble }))
    const engineFor = ({ places, device }: Recipe, decoder: Decoder) => {
      const place = places[decoder]
      return place === null ? engineOfDevice(device) : remote(place)
    }

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

    /** One lane to its end or for so many steps. */
    const lane = async (engine: LaneEngine, begun: Work, signal: AbortSignal, steps: number) => {
      const { recipe, decoder } = begun
      work = begun
      set({ activity: { kind: 'running', decoder } })
      let drawnAt = -Infinity
      let left = steps
      for await (const { trace, drawn, pieces, isStep } of growLane(engine, begun, get().shown, signal)) {
        work = { recipe, decoder, trace: engine.capabilities.resumable ? trace : null }
        flush = () => place(decoder, drawn, pieces)
        const isLast = isStep && --left === 0
        if (isStep && !isLast && now() - drawnAt < FRAME_MS) continue
        draw()
        drawnAt = now()
        if (isLast) return stop()
      }
    }

    /** The engine of a lane, ready to run. */
    const ready = async (recipe: Recipe, decoder: Decoder, signal: AbortSignal, wait: boolean) => {
      const engine = await engineFor(recipe, decoder)
      for (;;) {
        try {
          const loaded = await engine.load((progress) => {
            if (!signal.aborted) set({ activity: { kind: 'loading', progress } })
          }, signal)
          return { engine, loaded, here: recipe.places[decoder] === null }
        } catch (error) {
          if (!wait || signal.aborted || toError(error).kind !== 'server-unreachable') throw error
          await pause(WAIT_MS, signal)
        }
      }
    }

    const tellOf = (all: readonly { readonly loaded: LoadedModel; readonly here: boolean }[]) => {
      const model = all.find(({ here }) => here)?.loaded ?? get().model
      set({ model, notes: [...new Set(all.flatMap(({ loaded }) => loaded.notes))] })
    }

    /** The lane at work and those after it. All are made ready first, so that what can't run says so at once. */
    const lanes = async (begun: Work, signal: AbortSignal, { steps = Infinity, wait = false }: GoOn) => {
      const { recipe } = begun
      const order = ORDER.slice(ORDER.indexOf(begun.decoder))
      const prepare = async () => {
        const all = []
        for (const decoder of order) all.push(await ready(recipe, decoder, signal, wait))
        return all
      }
      const prepared = await prepare()
      if (signal.aborted) return
      tellOf(prepared)
      for (const [at, decoder] of order.entries()) {
        const trace = decoder === begun.decoder ? begun.trace : null
        await lane(prepared[at]!.engine, { recipe, decoder, trace }, signal, steps)
        if (signal.aborted) return
      }
      work = null
      // A device that was lost on the way has been replaced: the notes say so.
      if (prepared.some(({ here }) => here)) tellOf(await prepare())
      set({ activity: { kind: 'idle' } })
    }

    /** What can go on: a lane with steps, or the second one behind a first that is whole. */
    const unfinished = (): Decoder | null => {
      if (work === null) return null
      const begun = work.decoder === 'autoregressive' || (work.trace?.steps.length ?? 0) > 0
      return begun ? work.decoder : null
    }

    const fail = (thrown: unknown) => {
      const error = toError(thrown)
      const decoder = laneAtWork()
      draw()
      set(({ shown }) => ({
        activity: { kind: 'failed', decoder, error },
        shown: ended(shown, decoder, 'failed'),
        trouble: null,
        unfinished: unfinished(),
      }))
    }

    const stop = () => {
      if (!isBusy(get().activity)) return
      current?.abort()
      draw()
      const decoder = laneAtWork()
      set(({ shown }) => ({
        activity: { kind: 'stopped', decoder },
        shown: ended(shown, decoder, 'stopped'),
        trouble: null,
        unfinished: unfinished(),
      }))
    }

    const laneAtWork = (): Decoder | null => {
      const { activity } = get()
      return activity.kind === 'running' ? activity.decoder : (work?.decoder ?? null)
    }

    const begin = (begun: Work, how: GoOn): Promise<void> => {
      const { signal } = (current = new AbortController())
      set({ activity: { kind: 'loading', progress: null }, unfinished: null, trouble: null })
      const previous = settled
      settled = previous
        .then(() => (signal.aborted ? undefined : lanes(begun, signal, how)))
        .catch((thrown: unknown) => {
          if (!signal.aborted) fail(thrown)
        })
      return settled
    }

    return {
      shown: null,
      activity: { kind: 'idle' },
      model: null,
      notes: [],
      trouble: null,
      unfinished: null,
      open(shown) {
        stop()
        work = null
        set({ shown, activity: { kind: 'idle' }, unfinished: null })
      },
      start(recipe) {
        stop()
        work = null
        begunAt = today()
        return begin({ recipe, decoder: 'diffusion', trace: null }, {})
      },
      goOn(how = {}) {
        if (work === null || get().unfinished === null) return Promise.resolve()
        return begin(work, how)
      },
      stop,
      dismiss: () => {
        if (get().activity.kind === 'failed') set({ activity: { kind: 'idle' } })
      },
    }
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', wake, { once: true })
  })
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
