import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { LoadedModel } from '../../engines/progress.ts'
import type { LaneEngine } from '../../engines/engine.ts'
import type { RunRequest } from '../../engines/run-request.ts'
import type { Checkpoint } from '../../engines/run-request.ts'
import { append, finish } from '../../trace/append.ts'
import type { Decoder, Trace, TraceEvent, TraceStatus } from '../../trace/trace.ts'
import type { Comparison, Lane, Source } from '../../share/comparison.ts'
import { WHOLE } from '../../trace/knowledge.ts'

const MODEL = { name: 'Test', revision: '0', parameters: 1, precision: 'none' }
const DEVICE = { backend: 'cpu', label: 'Test' } as const
const VOCABULARY = { size: 100, mask: 0, end: 1, suppressed: [0] }

const LOADED: LoadedModel = {
  card: MODEL,
  device: DEVICE,
  notes: ['A note.'],
  window: 128,
  topK: 8,
  answerLengths: [],
}

/** A run whose step n ends at `ats[n]` milliseconds and commits position n. */
export function eventsOf(decoder: Decoder, ats: readonly number[], prompt = 'p'): TraceEvent[] {
  const shared = {
    prompt,
    promptIds: [],
    vocabulary: VOCABULARY,
    model: MODEL,
    device: DEVICE,
    knowledge: WHOLE,
  }
  const length = ats.length
  const header =
    decoder === 'diffusion'
      ? { ...shared, decoder, settings: defaultDiffusionSettings(length) }
      : { ...shared, decoder, settings: defaultAutoregressiveSettings(length) }
  const steps = ats.map((at, position): TraceEvent => {
    const one = Float32Array.of(1)
    const commit = {
      position,
      id: 2,
      previous: 0,
      probability: 1,
      rank: 1,
      reason: { rule: 'next' },
    } as const
    return {
      kind: 'step',
      step: {
        step: position + 1,
        block: [0, length],
        positions: Int32Array.of(position),
        k: 1,
        ids: Int32Array.of(2),
        logProbs: Float32Array.of(0),
        entropy: one,
        guesses: Int32Array.of(2),
        confidence: one,
        commits: [commit],
        at,
        passMs: 1,
      },
    }
  })
  return [{ kind: 'start', header }, ...steps, { kind: 'end' }]
}

export function traceOf(
  decoder: Decoder,
  ats: readonly number[],
  status: TraceStatus = 'done',
  prompt = 'p',
): Trace {
  let trace: Trace | null = null
  for (const event of eventsOf(decoder, ats, prompt).slice(0, -1)) trace = append(trace, event)
  return status === 'running' ? trace! : finish(trace!, status)
}

/** A comparison of lanes by these ids; "Diffusion" and "Autoregressive" where those are the ids. */
export function comparisonOfTraces(
  traces: Readonly<Record<string, Trace | null>>,
  source: Source = 'recorded',
): Comparison {
  const lanes = Object.entries(traces).map(([id, trace]): Lane => ({
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    decoder: trace?.header.decoder ?? 'autoregressive',
    trace,
    pieces: () => new Uint8Array(),
    source,
  }))
  return { prompt: 'p', lanes, leader: lanes[0]!.id, recordedAt: null }
}

/** A page without servers. */
export const noServers = () => Promise.reject(new Error('no servers'))

export interface ScriptedEngine extends LaneEngine {
  /** Lets the engine hand out so many more events. */
  release(events: number): Promise<void>
  readonly loads: number
  readonly disposed: boolean
}

function stepsOf(from: Checkpoint | undefined): number {
  if (from === undefined) return 0
  return from.decoder === 'diffusion' ? from.state.step : from.state.ids.length
}

/** Waits until what was started by promises has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve()
}

/** An engine that hands out written events, one for every one released, or throws what is among them. */
export function scriptedEngine(
  script: (request: RunRequest) => readonly (TraceEvent | { readonly throws: unknown })[],
): ScriptedEngine {
  let credit = 0
  let wake: () => void = () => undefined
  const engine = {
    capabilities: { resumable: true },
    loads: 0,
    disposed: false,
    load: () => {
      engine.loads++
      return Promise.resolve(LOADED)
    },
    encode: (text: string) => Promise.resolve(Array.from(text, () => 2)),
    pieces: () => () => new Uint8Array(),
    dispose: () => {
      engine.disposed = true
    },
    async *run(request: RunRequest, signal: AbortSignal, from?: Checkpoint) {
      for (const event of script(request)) {
        if ('kind' in event && event.kind === 'step' && event.step.step <= stepsOf(from)) continue
        while (credit === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve
            signal.addEventListener('abort', () => resolve(), { once: true })
          })
          if (signal.aborted) throw { kind: 'cancelled', message: 'Stopped.' }
        }
        credit--
        if ('throws' in event) throw event.throws
        yield event
      }
    },
    async release(events: number) {
      credit += events
      wake()
      await settle()
    },
  }
  return engine
}
