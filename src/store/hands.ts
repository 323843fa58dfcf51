import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SettingsChange } from '../core/settings.ts'
import { laneOf } from '../share/comparison.ts'
import { canvasAt } from '../trace/canvas.ts'
import { forkOf } from '../trace/fork.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { EditChange, Trace } from '../trace/trace.ts'
import type { RunState } from './run.ts'

/** What is changed at a step of a lane. */
interface Edits {
  readonly step: number
  readonly changes: readonly EditChange[]
}

/** What a person has done to a lane and not gone on from yet. */
export interface Draft extends Edits {
  readonly past: readonly Edits[]
  readonly future: readonly Edits[]
  /** How it is to go on, where that is otherwise than the lane. */
  readonly settings: SettingsChange
  /** The lane's run as it stood there, with the changes. */
  readonly trace: Trace
  /** Of all tokens in it. */
  readonly pieces: Pieces
}

/** Edits of lanes that nobody has gone on from yet. */
export interface HandsState {
  /** By lane id. */
  readonly drafts: Readonly<Record<string, Draft>>
  /** What the last edit did, as a sentence for listeners. */
  readonly said: string
  /** Begins a draft of a lane at a step, without a change; the one that is there stays. */
  begin(lane: string, step: number): void
  /**
   * Changes positions of a lane at a step. Changes at another step than the draft's begin a new one, which can be undone.
   *
   * @param said what was done, as a sentence
   * @param pieces of the new tokens, where the lane's own may lack them
   */
  edit(lane: string, edits: Edits, said: string, pieces?: Pieces): void
  set(lane: string, settings: SettingsChange): void
  undo(lane: string): void
  redo(lane: string): void
  drop(lane: string): void
  tell(sentence: string): void
}

export function createHandsStore(run: StoreApi<RunState>): StoreApi<HandsState> {
  const store = createStore<HandsState>()((set, get) => {
    const put = (lane: string, draft: Omit<Draft, 'trace'>, said: string) => {
      const trace = laneOf(run.getState().shown, lane)?.trace
      if (!trace) return
      const { step, changes } = draft
      set(({ drafts }) => ({
        drafts: { ...drafts, [lane]: { ...draft, trace: forkOf(trace, { step, changes }) } },
        said,
      }))
    }
    const isCanvas = (lane: string) => laneOf(run.getState().shown, lane)?.decoder === 'diffusion'
    const piecesOf = (lane: string): Pieces =>
      laneOf(run.getState().shown, lane)?.pieces ?? (() => new Uint8Array())
    return {
      drafts: {},
      said: '',
      begin(lane, step) {
        if (get().drafts[lane] !== undefined) return
        const nothing = { past: [], future: [], settings: {}, pieces: piecesOf(lane) }
        put(lane, { step, changes: [], ...nothing }, `You are at step ${step}.`)
      },
      edit(lane, { step, changes: wanted }, said, pieces) {
        const shown = laneOf(run.getState().shown, lane)?.trace
        const { positions } = shown ? canvasAt(shown, step) : { positions: [] }
        // What was open and is open again has not changed.
        const isChange = ({ how, position }: EditChange) =>
          how !== 'masked' || positions[position]?.id != null
        const before = get().drafts[lane]
        const isSame = before?.step === step
        const now = before && { step: before.step, changes: before.changes }
        put(
          lane,
          {
            step,
            // What an autoregressive lane is to write stands in the changes, all of it.
            changes: (isSame && isCanvas(lane) ? joined(before.changes, wanted) : wanted).filter(isChange),
            past: now === undefined ? [{ step, changes: [] }] : [...before!.past, now],
            future: [],
            settings: before?.settings ?? {},
            pieces: pieces ?? before?.pieces ?? piecesOf(lane),
          },
          said,
        )
      },
      set(lane, settings) {
        const draft = get().drafts[lane]
        if (draft === undefined) return
        put(lane, { ...draft, settings: { ...draft.settings, ...settings } }, get().said)
      },
      undo(lane) {
        const draft = get().drafts[lane]
        const last = draft?.past.at(-1)
        if (draft === undefined || last === undefined) return
        const { step, changes } = draft
        const future = [...draft.future, { step, changes }]
        put(lane, { ...draft, ...last, past: draft.past.slice(0, -1), future }, 'Your last edit was undone.')
      },
      redo(lane) {
        const draft = get().drafts[lane]
        const next = draft?.future.at(-1)
        if (draft === undefined || next === undefined) return
        const { step, changes } = draft
        const past = [...draft.past, { step, changes }]
        put(lane, { ...draft, ...next, past, future: draft.future.slice(0, -1) }, 'Your edit was done again.')
      },
      drop: (lane) =>
        set(({ drafts }) => ({
          drafts: Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== lane)),
          said: '',
        })),
      tell: (said) => set({ said }),
    }
  })
  // Edits of a run that is shown no more mean nothing.
  run.subscribe(({ shown }, { shown: before }) => {
    if (shown === before) return
    const { drafts } = store.getState()
    const kept = Object.entries(drafts).filter(([lane, { step }]) => {
      const trace = laneOf(shown, lane)?.trace
      const old = laneOf(before, lane)?.trace
      return trace && old && trace.steps[0] === old.steps[0] && trace.steps.length >= step
    })
    if (kept.length < Object.keys(drafts).length) store.setState({ drafts: Object.fromEntries(kept) })
  })
  return store
}

/** Later changes over earlier ones: of a position the last one counts. */
function joined(earlier: readonly EditChange[], later: readonly EditChange[]): readonly EditChange[] {
  const changed = new Set(later.map(({ position }) => position))
  return [...earlier.filter(({ position }) => !changed.has(position)), ...later].sort(
    (one, other) => one.position - other.position,
  )
}
