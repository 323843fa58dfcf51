import type { Pieces } from '../../trace/pieces.ts'
import type { TraceEvent } from '../../trace/trace.ts'
import type { LaneEngine } from '../engine.ts'
import type { RunRequest } from '../run-request.ts'
import type { EngineError } from '../engine-error.ts'
import { CANCELLED } from '../run.ts'
import type { Checkpoint } from '../run-request.ts'
import type { WantedDevice } from './choose-device.ts'
import { openEngine, RETIRED, type OpenEngine, type Surroundings } from './open-engine.ts'
import { piecesOf } from '../model/piece-table.ts'
import type { LoadedModel, LoadProgress } from '../progress.ts'
import type { Fault, PulledEvent } from './protocol.ts'
import { changeOver } from './change-over.ts'
import { shareWork } from './shared-work.ts'
import { toEngineError } from './to-engine-error.ts'

/** An engine in the page that computes in a worker. */
export interface BrowserEngine extends LaneEngine {
  /**
   * Loads the model, or gives the loaded one. Callers share one load; a signal lets go of its own caller
   * alone. Throws an `EngineError`.
   */
  load(onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel>
  /** The bytes of tokens; throws before a model was loaded. */
  pieces(): Pieces
  /** Ends the worker and frees its memory. A later load or run starts anew. */
  dispose(): void
  /** Fault injection for tests. */
  inject(fault: Fault): void
}

export interface EngineOptions {
  /** The model's folder as an absolute address, ending in a slash. */
  readonly modelUrl: string
  readonly device: WantedDevice
}

/** Lost devices after which the GPU is left alone. */
const MOST_LOSSES = 2

/** After these the worker is as good as before; after all others it is replaced. */
const HARMLESS: ReadonlySet<EngineError['kind']> = new Set<EngineError['kind']>([
  'cancelled',
  'prompt-empty',
  'prompt-too-long',
])

/** One message, one step, until the run ends; leaving the loop drops the run in the worker. */
async function* pull(
  { link }: OpenEngine,
  request: RunRequest,
  from: Checkpoint | null,
  signal: AbortSignal,
): AsyncGenerator<PulledEvent> {
  const { id: run, result } = link.call('start', { request, from }, { signal })
  await result
  try {
    for (;;) {
      const pulled = await link.call('next', { run }, { signal }).result
      yield pulled
      if (pulled.event.kind === 'end') return
    }
  } finally {
    link.notify({ kind: 'drop', payload: { run } })
  }
}

/** The engine over workers that `around` starts; `createBrowserEngine` gives it the page's own. */
export function createWorkerEngine({ modelUrl, device }: EngineOptions, around: Surroundings): BrowserEngine {
  let losses = 0
  let open: OpenEngine | null = null
  let pieces: Pieces | null = null
  const over = changeOver(around.restMs, (before, now) => {
    if (!opening.replace(before, now)) return false
    open = now
    return true
  })

  const opening = shareWork<OpenEngine, LoadProgress>(async (onProgress, signal) => {
    const avoidGpu =
      losses >= MOST_LOSSES
        ? 'The graphics device was lost twice, so the model runs on the processor (WASM).'
        : null
    try {
      open = await openEngine({ modelUrl, wanted: device, avoidGpu, onProgress, signal }, around)
    } catch (error) {
      throw toEngineError(error)
    }
    pieces = piecesOf(open.pieces)
    over.begin(open)
    return open
  })

  /** Ends a worker after a failure; the first of several runs that notice counts a lost device. */
  function retire(engine: OpenEngine, failure: EngineError): void {
    engine.link.close(failure)
    if (opening.forget(engine) && failure.kind === 'device-lost') losses++
  }

  async function ready(
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenEngine> {
    await over.decided()
    if (open?.link.closed) opening.forget(open)
    return opening.join(onProgress, signal)
  }

  async function* run(
    request: RunRequest,
    signal: AbortSignal,
    resumed?: Checkpoint,
  ): AsyncGenerator<TraceEvent> {
    let from = resumed ?? null
    let begun = false
    const done = over.busy()
    try {
      for (;;) {
        if (signal.aborted) throw CANCELLED
        const engine = await ready(() => undefined, signal)
        try {
          for await (const { event, checkpoint } of pull(engine, request, from, signal)) {
            if (event.kind === 'start' && begun) continue
            begun = true
            from = checkpoint ?? from
            yield event
          }
          return
        } catch (error) {
          const failure = toEngineError(error)
          if (!HARMLESS.has(failure.kind)) retire(engine, failure)
          if (failure.kind !== 'device-lost') throw failure
        }
      }
    } finally {
      done()
    }
  }

  return {
    capabilities: { resumable: true },
    load: async (onProgress, signal) => (await ready(onProgress, signal)).model,
    async encode(text, signal) {
      const { link } = await ready(() => undefined, signal)
      return link.call('encode', { text }, { signal }).result
    },
    run,
    pieces() {
      if (!pieces) throw new Error('The model must be loaded before its tokens can be read.')
      return pieces
    },
    dispose() {
      over.end()
      opening.abandon()
      open?.link.close(RETIRED)
    },
    inject(what) {
      open?.link.notify({ kind: 'fault', payload: { what } })
    },
  }
}
