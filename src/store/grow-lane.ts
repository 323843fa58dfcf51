import { checkpointOf } from '../engines/checkpoint-of.ts'
import type { LaneEngine } from '../engines/engine.ts'
import type { RunRequest } from '../engines/run-request.ts'
import type { EngineError } from '../engines/engine-error.ts'
import { append } from '../trace/append.ts'
import type { Pieces } from '../trace/pieces.ts'
import { shiftIds } from '../trace/shift-ids.ts'
import type { Decoder, Trace, TraceHeader } from '../trace/trace.ts'
import { joinVocabularies, type JoinedVocabulary } from './join-vocabularies.ts'
import { autoregressiveSettings, type Recipe } from './recipe.ts'
import type { Shown } from './shown.ts'

/** A run as far as it got. */
export interface Work {
  readonly recipe: Recipe
  /** The lane at work. */
  readonly decoder: Decoder
  /** That lane in its engine's own ids; null where it begins anew. */
  readonly trace: Trace | null
}

/** A lane after one more event. */
export interface Grown {
  /** In the ids of its own engine. */
  readonly trace: Trace
  /** In ids that it shares with the other lane, which `pieces` give the texts of. */
  readonly drawn: Trace
  readonly pieces: Pieces
  /** Whether the event was a step; otherwise it was the run's end. */
  readonly isStep: boolean
}

/**
 * Runs one lane from its first step, or from where it stood, and yields it after every event.
 *
 * @param beside what is shown already: an autoregressive lane takes its ids behind those of its diffusion lane
 * @throws EngineError if the engine's model is not the one that the run began on
 */
export async function* growLane(
  engine: LaneEngine,
  { recipe, decoder, trace: begun }: Work,
  beside: Shown | null,
  signal: AbortSignal,
): AsyncGenerator<Grown> {
  let trace = begun
  let drawn: Trace | null = null
  let joined: JoinedVocabulary = { by: 0, pieces: engine.pieces() }
  const from = trace === null ? [] : [checkpointOf(trace)]
  for await (const event of engine.run(requestOf(decoder, recipe), signal, ...from)) {
    if (signal.aborted) return
    if (event.kind === 'start') {
      if (trace !== null) demandSameModel(trace.header, event.header)
      else trace = append(null, event)
      joined = join(event.header, engine.pieces(), beside)
      drawn = shifted(trace, joined.by)
      continue
    }
    trace = append(trace, event)
    drawn = append(drawn, shiftIds(event, joined.by))
    yield { trace, drawn, pieces: joined.pieces, isStep: event.kind === 'step' }
  }
}

/** How the lane's tokens stand beside those of the lane that ran before it. */
function join({ decoder, vocabulary }: TraceHeader, pieces: Pieces, beside: Shown | null): JoinedVocabulary {
  const other = decoder === 'autoregressive' ? beside?.traces.diffusion : null
  if (!beside || !other) return { by: 0, pieces }
  return joinVocabularies(
    { vocabulary: other.header.vocabulary, pieces: beside.pieces },
    { vocabulary, pieces },
  )
}

function requestOf(decoder: Decoder, { prompt, settings }: Recipe): RunRequest {
  return decoder === 'diffusion'
    ? { decoder, prompt, settings }
    : { decoder, prompt, settings: autoregressiveSettings(settings) }
}

/** A trace with its ids raised; null before its first event. */
function shifted(trace: Trace | null, by: number): Trace | null {
  if (trace === null || by === 0) return trace
  let all = append(null, shiftIds({ kind: 'start', header: trace.header }, by))
  for (const step of trace.steps) all = append(all, shiftIds({ kind: 'step', step }, by))
  return all
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
