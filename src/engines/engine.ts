import type { Pieces } from '../trace/pieces.ts'
import type { TraceEvent } from '../trace/trace.ts'
import type { LoadedModel, LoadProgress } from './progress.ts'
import type { Checkpoint, RunRequest } from './run-request.ts'

/** What an engine can do besides running; what its runs can show stands in their traces. */
interface Capabilities {
  /** Whether a run that was stopped can go on from its checkpoint. */
  readonly resumable: boolean
}

/** Where predictions come from. */
interface Engine {
  readonly capabilities: Capabilities
  /**
   * Runs a request step by step; the consumer pulls. Abandoning the loop drops the run. With a checkpoint, a
   * resumable engine goes on from there: the start comes again, then the steps that were not taken yet.
   * Throws an `EngineError` (a plain object, see `engine-error.ts`).
   */
  run(request: RunRequest, signal: AbortSignal, from?: Checkpoint): AsyncIterable<TraceEvent>
}

/** An engine that a lane can be given to. */
export interface LaneEngine extends Engine {
  /** Makes it ready, or finds it so; doing it again is free. Throws an `EngineError`. */
  load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel>
  /** Token ids of a text alone, once it was loaded. Throws an `EngineError` where it tells none. */
  encode(text: string, signal: AbortSignal): Promise<readonly number[]>
  /** The bytes of its tokens, once it was loaded. */
  pieces(): Pieces
  /** Frees what it holds. A later load starts anew. */
  dispose(): void
}
