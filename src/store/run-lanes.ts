import { checkpointOf } from '../engines/checkpoint-of.ts'
import type { LaneEngine } from '../engines/engine.ts'
import type { EngineError } from '../engines/engine-error.ts'
import type { LoadedModel, LoadProgress } from '../engines/progress.ts'
import { sleep } from '../engines/sleep.ts'
import { append } from '../trace/append.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { Trace, TraceHeader } from '../trace/trace.ts'
import type { LanePlan } from './recipe.ts'

/** A lane that is to run, or to go on: how far it got on its engine. */
export interface LaneWork {
  readonly plan: LanePlan
  /** Null where it begins anew. */
  readonly trace: Trace | null
}

/** What happened, in order. */
export type LaneEvent =
  /** Every lane's engine is ready. */
  | { readonly kind: 'ready'; readonly loaded: ReadonlyMap<string, LoadedModel> }
  /** A lane is at work. */
  | { readonly kind: 'begun'; readonly work: LaneWork }
  /** It has one step more, or has ended. */
  | {
      readonly kind: 'grown'
      readonly plan: LanePlan
      readonly trace: Trace
      readonly pieces: Pieces
      readonly isStep: boolean
      /** Whether it could be stopped here and go on. */
      readonly resumable: boolean
    }

export interface LaneSurroundings {
  readonly engineOf: (plan: LanePlan) => Promise<LaneEngine>
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
  /** Whether to wait for a server that does not answer. */
  readonly wait: boolean
}

/** A server that is waited for is asked again so often. */
const WAIT_MS = 1000

/**
 * Runs lanes one after the other, each from its first step or from where it stood. All are made ready first, so that
 * what can't run says so at once. The consumer pulls: abandoning the loop drops the run.
 *
 * @throws EngineError, or whatever an engine throws; refuses to go on with a model that is not the one it began on
 */
export async function* runLanes(
  all: readonly LaneWork[],
  around: LaneSurroundings,
): AsyncGenerator<LaneEvent, void, undefined> {
  const engines: LaneEngine[] = []
  for (const { plan } of all) engines.push(await around.engineOf(plan))
  const loaded = async () => {
    const models = new Map<string, LoadedModel>()
    for (const [index, { plan }] of all.entries()) models.set(plan.id, await ready(engines[index]!, around))
    return models
  }
  yield { kind: 'ready', loaded: await loaded() }
  for (const [index, work] of all.entries()) {
    yield { kind: 'begun', work }
    yield* growLane(engines[index]!, work, around.signal)
  }
  // A device that was lost on the way has been replaced: its notes say so.
  yield { kind: 'ready', loaded: await loaded() }
}

/** One lane to its end. */
async function* growLane(
  engine: LaneEngine,
  { plan, trace: begun }: LaneWork,
  signal: AbortSignal,
): AsyncGenerator<LaneEvent, void, undefined> {
  let trace = begun
  const from = trace === null ? null : checkpointOf(trace)
  const resumable = engine.capabilities.resumable
  for await (const event of engine.run(plan.request, signal, ...(from === null ? [] : [from]))) {
    if (signal.aborted) return
    if (event.kind === 'start') {
      if (trace === null) trace = append(null, event)
      else demandSameModel(trace.header, event.header)
      continue
    }
    // An engine counts its passes; between them a trace may hold edits.
    const step = (trace?.steps.length ?? 0) + 1
    trace = append(trace, event.kind === 'step' ? { ...event, step: { ...event.step, step } } : event)
    yield { kind: 'grown', plan, trace, pieces: engine.pieces(), isStep: event.kind === 'step', resumable }
  }
}

async function ready(
  engine: LaneEngine,
  { onProgress, signal, wait }: LaneSurroundings,
): Promise<LoadedModel> {
  for (;;) {
    try {
      return await engine.load((progress) => {
        if (!signal.aborted) onProgress(progress)
      }, signal)
    } catch (error) {
      const { kind } = Object(error) as Partial<EngineError>
      if (!wait || signal.aborted || kind !== 'server-unreachable') throw error
      await sleep(WAIT_MS, signal)
    }
  }
}

/** A run goes on only where it began: other weights would have chosen other tokens. */
function demandSameModel(before: TraceHeader, now: TraceHeader): void {
  const same =
    before.model.name === now.model.name &&
    before.model.revision === now.model.revision &&
    before.vocabulary.size === now.vocabulary.size
  if (same) return
  throw {
    kind: 'server-refused',
    message:
      `This run began on ${before.model.name} ${before.model.revision}, and ${now.model.name} ${now.model.revision} ` +
      'is there now: it would go on with other tokens. Run it anew.',
  } satisfies EngineError
}
