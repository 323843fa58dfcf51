import type { TraceEvent } from '../../trace/trace.ts'
import type { RunRequest } from '../run-request.ts'
import type { EngineError } from '../engine-error.ts'
import type { Checkpoint } from '../run-request.ts'
import type { Backend } from './choose-device.ts'
import type { PieceTable } from '../model/piece-table.ts'
import type { LoadedModel, LoadProgress } from '../progress.ts'

/** What the page may ask of the worker, with what is sent and what comes back. */
export interface Calls {
  load: {
    payload: { readonly modelUrl: string; readonly backend: Backend; readonly threads: number }
    result: { readonly model: LoadedModel; readonly pieces: PieceTable }
  }
  /** Median milliseconds of warm passes over the default canvas. */
  time: { payload: { readonly passes: number }; result: number }
  /** Token ids of a text. */
  encode: { payload: { readonly text: string }; result: readonly number[] }
  /** Begins a run; its name is the id of this request. `from` goes on with a run that lost its worker. */
  start: { payload: { readonly request: RunRequest; readonly from: Checkpoint | null }; result: null }
  /** One pull: one event, so at most one forward pass. */
  next: { payload: { readonly run: number }; result: PulledEvent }
}

export interface PulledEvent {
  readonly event: TraceEvent
  /** After a step: where the run stands. */
  readonly checkpoint: Checkpoint | null
}

/** What the page tells the worker; nothing comes back. */
interface Notices {
  /** Nobody waits for this request any more. */
  cancel: { readonly request: number }
  /** Nobody pulls this run any more. */
  drop: { readonly run: number }
  /** Fault injection for tests; the page sends it only when its address says `?faults=1`. */
  fault: { readonly what: Fault }
}

export type Fault = 'destroy-device' | 'worker-crash'

export type CallKind = keyof Calls

export type CallMessage = {
  [K in CallKind]: { readonly kind: K; readonly id: number; readonly payload: Calls[K]['payload'] }
}[CallKind]

export type NoticeMessage = {
  [K in keyof Notices]: { readonly kind: K; readonly payload: Notices[K] }
}[keyof Notices]

export type PageMessage = CallMessage | NoticeMessage

export type ResultMessage = {
  [K in CallKind]: { readonly kind: K; readonly id: number; readonly result: Calls[K]['result'] }
}[CallKind]

export type WorkerMessage =
  | ResultMessage
  | { readonly kind: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | { readonly kind: 'failed'; readonly id: number; readonly error: EngineError }

/** The buffers of a pulled event, to be handed over and not copied. The checkpoint's stay here. */
export function transferables({ event }: PulledEvent): Transferable[] {
  if (event.kind !== 'step') return []
  const { positions, ids, logProbs, entropy, guesses, confidence } = event.step
  const buffers = [positions, ids, logProbs, entropy, guesses, confidence].map(({ buffer }) => buffer)
  return [...new Set(buffers)] as ArrayBuffer[]
}
