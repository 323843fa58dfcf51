import { createStore, type StoreApi } from 'zustand/vanilla'
import { toEngineError } from '../engines/browser/to-engine-error.ts'
import type { EngineError } from '../engines/engine-error.ts'
import type { LoadedModel, LoadProgress } from '../engines/progress.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import { MOST_LANES, type Comparison } from '../share/comparison.ts'
import type { Pieces } from '../trace/pieces.ts'
import { isBusy, type Activity } from './activity.ts'
import { runIdOf } from './at-rest.ts'
import { withLaneAgain, withoutLane, type Closed } from './close-lane.ts'
import { forkedLane, type ForkRequest } from './fork-lane.ts'
import { oncePerFrame } from './once-per-frame.ts'
import { begunComparison, withEnded, withTrace } from './grown.ts'
import { keepEngine, keepRemotes, type OpenEngine, type OpenServers } from './lane-engines.ts'
import { plansOf, type LanePlan, type Recipe } from './recipe.ts'
import { runLanes, type LaneEvent, type LaneWork } from './run-lanes.ts'

/** How a run goes on. */
interface GoOn {
  /** So many steps, and then it stops again; to the end if left out. */
  readonly steps?: number
  /** Whether to wait for a server that does not answer. */
  readonly wait?: boolean
}

/** Two axes: what there is (`shown`), and what the engines are doing (`activity`). */
export interface RunState {
  readonly shown: Comparison | null
  readonly activity: Activity
  /** This device's model, once it was loaded. */
  readonly model: LoadedModel | null
  /** Sentences about where the last run was computed and why there. */
  readonly notes: readonly string[]
  /** What goes wrong on the way and is tried again, as a sentence. */
  readonly trouble: string | null
  /** The lane at which the run that is shown can go on, with the tokens that it would have had anyway. */
  readonly unfinished: string | null
  /** The date of the run that was started last, which it carries as soon as it is shown. */
  readonly begun: string | null
  /** The lane that was closed last, as long as it can be brought back. */
  readonly closed: Closed | null
  /** Shows a finished comparison instead. A run that is going is stopped first. */
  open(comparison: Comparison): void
  /**
   * Runs lanes one after the other. What is shown stays until the first new step.
   *
   * @param plans the recipe's own lanes where it is left out
   */
  start(recipe: Recipe, plans?: readonly LanePlan[]): Promise<void>
  /** Goes on with what is unfinished; nothing where nothing is. */
  goOn(how?: GoOn): Promise<void>
  /**
   * Goes on from a step of a lane in a new one beside it. A run that is going is stopped first, and can go on
   * afterwards. Nothing where there is no such lane.
   */
  fork(request: ForkRequest, device: Recipe['device']): Promise<void>
  /**
   * The tokens of a text, by the model of a lane that ran in this page or at a place. Throws an `EngineError`.
   *
   * @param onProgress while that model loads
   */
  tokensOf(
    text: string,
    by: Pick<LanePlan, 'model'> & { readonly device: Recipe['device']; readonly place?: Upstream },
    onProgress: (progress: LoadProgress) => void,
  ): Promise<{ readonly ids: readonly number[]; readonly pieces: Pieces }>
  /** Takes a lane away; nothing where it is the only one. */
  close(lane: string): void
  /** Brings back the lane that was closed last. */
  reopen(): void
  /** Stops at once and keeps what there is. */
  stop(): void
  /** Takes away the message of a failure. */
  dismiss(): void
}

export interface RunDependencies {
  readonly openEngine: OpenEngine
  readonly servers: OpenServers
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** The date that a run carries, ISO 8601; the device's own if left out. */
  readonly today?: () => string
}

/** A run that is going, or that was left: its lanes from the one at work on, and what it has grown to. */
interface Work {
  readonly recipe: Pick<Recipe, 'places' | 'device'>
  readonly lanes: readonly LaneWork[]
  readonly grown: Comparison
}

export function createRunStore({
  openEngine,
  servers,
  now,
  today = () => new Date().toISOString(),
}: RunDependencies): StoreApi<RunState> {
  const engineOfDevice = keepEngine(openEngine)
  const frames = oncePerFrame(now)
  let current = new AbortController()
  let settled: Promise<void> = Promise.resolve()
  let work: Work | null = null
  /** What was left to go on from a lane; it can go on when that is done. */
  let waiting: readonly Work[] = []

  return createStore<RunState>()((set, get) => {
    const remote = keepRemotes(servers, (trouble) => set({ trouble }))

    /** What the events of a run do to the page. */
    const take = (event: LaneEvent, begun: Work) => {
      if (event.kind === 'ready') {
        const all = [...event.loaded]
        const here = all.find(([lane]) => begun.recipe.places[lane] === undefined)?.[1]
        return set({ model: here ?? get().model, notes: [...new Set(all.flatMap(([, { notes }]) => notes))] })
      }
      if (event.kind === 'begun') {
        work = {
          ...begun,
          grown: (work ?? begun).grown,
          lanes: begun.lanes.slice(begun.lanes.indexOf(event.work)),
        }
        return set({ activity: { kind: 'running', lane: event.work.plan.id } })
      }
      const { plan, trace, pieces, isStep, resumable } = event
      const { lanes, grown: before } = work!
      const grown = withTrace(before, plan.id, trace, pieces)
      work = { ...begun, grown, lanes: [{ plan, trace: resumable ? trace : null }, ...lanes.slice(1)] }
      frames.draw(() => set({ shown: grown }), !isStep)
    }

    const go = async (begun: Work, { signal }: AbortController, { steps = Infinity, wait = false }: GoOn) => {
      const { recipe } = begun
      const around = {
        engineOf: ({ id, model }: LanePlan) => {
          const place = recipe.places[id]
          return place === undefined ? engineOfDevice(recipe.device, model) : remote(place)
        },
        onProgress: (progress: Extract<Activity, { kind: 'loading' }>['progress']) =>
          set({ activity: { kind: 'loading', progress } }),
        signal,
        wait,
      }
      let left = steps
      for await (const event of runLanes(begun.lanes, around)) {
        if (signal.aborted) return
        take(event, begun)
        if (event.kind === 'grown' && event.isStep && --left === 0) return end('stopped')
      }
      if (signal.aborted) return
      const next = waiting.at(-1)
      waiting = waiting.slice(0, -1)
      work = next === undefined ? null : { ...next, grown: get().shown ?? next.grown }
      set({ activity: { kind: 'idle' }, unfinished: unfinished() })
    }

    const laneAtWork = (): string | null => {
      const { activity } = get()
      return activity.kind === 'running' ? activity.lane : (work?.lanes[0]?.plan.id ?? null)
    }

    /** What can go on: a lane with steps, or one behind a lane that is whole. */
    const unfinished = (): string | null => {
      const [next] = work?.lanes ?? []
      if (work === null || next === undefined) return null
      const isFirst = next.plan.id === work.grown.lanes[0]?.id
      return !isFirst || (next.trace?.steps.length ?? 0) > 0 ? next.plan.id : null
    }

    /** Ends a run before its end and keeps what there is. */
    const end = (status: 'stopped' | 'failed', error?: EngineError) => {
      current.abort()
      frames.flush()
      const lane = laneAtWork()
      const { shown } = get()
      set({
        activity: error ? { kind: 'failed', lane, error } : { kind: 'stopped', lane },
        shown: shown === null || lane === null ? shown : withEnded(shown, lane, status),
        trouble: null,
        unfinished: unfinished(),
      })
    }

    const stop = () => {
      if (isBusy(get().activity)) end('stopped')
    }

    const begin = (begun: Work, how: GoOn): Promise<void> => {
      const controller = (current = new AbortController())
      set({ activity: { kind: 'loading', progress: null }, unfinished: null, trouble: null })
      const previous = settled
      settled = previous
        .then(() => (controller.signal.aborted ? undefined : go(begun, controller, how)))
        .catch((thrown: unknown) => {
          if (!controller.signal.aborted) end('failed', toEngineError(thrown))
        })
      return settled
    }

    /** Shows the lanes of what is shown otherwise, without a run that is going. */
    const rearrange = (shown: Comparison) => {
      const remains = ({ lanes, ...rest }: Work): Work[] => {
        const left = lanes.filter(({ plan }) => shown.lanes.some(({ id }) => id === plan.id))
        return left.length === 0 ? [] : [{ ...rest, lanes: left, grown: shown }]
      }
      const all = [...waiting, ...(work === null ? [] : [work])].flatMap(remains)
      work = all.at(-1) ?? null
      waiting = all.slice(0, -1)
      const { activity } = get()
      const isGone = 'lane' in activity && !shown.lanes.some(({ id }) => id === activity.lane)
      set({ shown, unfinished: unfinished(), ...(isGone && { activity: { kind: 'idle' } }) })
    }

    return {
      shown: null,
      activity: { kind: 'idle' },
      model: null,
      notes: [],
      trouble: null,
      unfinished: null,
      begun: null,
      closed: null,
      open(shown) {
        stop()
        work = null
        waiting = []
        set({ shown, activity: { kind: 'idle' }, unfinished: null, begun: null, closed: null })
      },
      start(recipe, plans = plansOf(recipe)) {
        stop()
        const lanes = plans.map((plan): LaneWork => ({ plan, trace: null }))
        work = null
        waiting = []
        const begun = today()
        set({ begun, closed: null })
        return begin({ recipe, lanes, grown: begunComparison(plans, begun) }, {})
      },
      goOn(how = {}) {
        if (work === null || get().unfinished === null) return Promise.resolve()
        return begin(work, how)
      },
      fork(request, device) {
        stop()
        const { shown } = get()
        const forked = shown && forkedLane(shown, request)
        if (shown === null || forked === null) return Promise.resolve()
        const { lane, plan, trace } = forked
        if (work !== null) waiting = [...waiting, work]
        // What was recorded becomes a run of this page, which is kept beside it.
        const recordedAt = runIdOf(shown) ?? today()
        const grown: Comparison = { ...shown, lanes: [...shown.lanes, lane], recordedAt }
        const places = request.place === undefined ? {} : { [plan.id]: request.place }
        work = { recipe: { places, device }, lanes: [{ plan, trace }], grown }
        set({ shown: grown, begun: recordedAt, closed: null })
        return begin(work, {})
      },
      async tokensOf(text, { model, device, place }, onProgress) {
        const { signal } = new AbortController()
        const engine = place === undefined ? await engineOfDevice(device, model) : await remote(place)
        await engine.load(onProgress, signal)
        return { ids: await engine.encode(text, signal), pieces: engine.pieces() }
      },
      close(id) {
        const { shown } = get()
        const rest = shown && withoutLane(shown, id)
        if (shown === null || rest === null) return
        stop()
        const before = get().shown ?? shown
        rearrange(withoutLane(before, id) ?? rest)
        set({ closed: { before, lane: id } })
      },
      reopen() {
        const { shown, closed } = get()
        if (shown === null || closed === null || shown.lanes.length >= MOST_LANES) return
        stop()
        rearrange(withLaneAgain(get().shown ?? shown, closed))
        set({ closed: null })
      },
      stop,
      dismiss: () => {
        if (get().activity.kind === 'failed') set({ activity: { kind: 'idle' } })
      },
    }
  })
}
