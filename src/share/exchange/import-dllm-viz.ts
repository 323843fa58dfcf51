import * as v from 'valibot'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { DiffusionSettings } from '../../core/settings.ts'
import type { TraceStep } from '../../trace/trace.ts'
import { AnswerSlots } from './dllm-viz-slots.ts'
import { DllmVizSchema, type DllmVizFrame, type DllmVizTrace } from './dllm-viz-schema.ts'
import { stepOfFrame } from './dllm-viz-step.ts'
import { IMPORT_LIMITS } from './import-limits.ts'
import { ImportError, type ImportedRun, type Provenance } from './imported.ts'
import { isEndText, TokenTable } from './token-table.ts'

const PROVENANCE: Readonly<Record<DllmVizTrace['provenance']['mode'], Provenance>> = {
  measured: 'recorded',
  mixed: 'derived',
  illustrative: 'illustrative',
}

/** Largest token id that the file names. */
function largestId({ tokenizer, initial, frames, prompt }: DllmVizTrace): number {
  let most = Math.max(tokenizer?.maskTokenId ?? -1, (tokenizer?.vocabSize ?? 0) - 1)
  const see = (tokens: readonly { readonly tokenId?: number | undefined }[]) => {
    for (const { tokenId } of tokens) most = Math.max(most, tokenId ?? -1)
  }
  see(initial.slots)
  see((prompt?.tokenIds ?? []).map((tokenId) => ({ tokenId })))
  for (const { operations } of frames) {
    for (const operation of operations) {
      if (operation.type === 'set-distribution') see(operation.candidates)
      if (operation.type === 'set-token' || operation.type === 'commit') see([operation])
    }
  }
  return most
}

/** The id of an end of sequence that some operation spells out. */
function endOf(frames: readonly DllmVizFrame[], table: TokenTable): number | undefined {
  for (const { operations } of frames) {
    for (const operation of operations) {
      if (operation.type !== 'set-token' && operation.type !== 'commit') continue
      if (operation.text !== undefined && isEndText(operation.text)) {
        return table.idOf(operation.tokenId, operation.text)
      }
    }
  }
  return undefined
}

/** The clock of a frame, if the file has one. */
function timeOf({ timestampMs, metrics }: DllmVizFrame): number | undefined {
  return metrics?.elapsedMs ?? timestampMs
}

/** Times from the first frame on; null unless every step has one and none is before another. */
function clockOf(all: readonly DllmVizFrame[], ofSteps: readonly DllmVizFrame[]): number[] | null {
  const start = all[0]?.metrics?.elapsedMs === undefined ? (all[0]?.timestampMs ?? 0) : 0
  const times = ofSteps.map((frame) => (timeOf(frame) ?? NaN) - start)
  return times.every((time, at) => time >= (times[at - 1] ?? 0)) ? times : null
}

const NO_PROBABILITIES = 'Its confidences are no probabilities, so they are not drawn.'

/** Whether the confidences of a file are probabilities: it may call them so, or just not be at odds with it. */
function areProbabilities({ generation, frames }: DllmVizTrace): boolean {
  const { confidenceType = 'max-prob' } = generation
  if (confidenceType !== 'max-prob') return false
  // A rounded 1 may lie a hair above it.
  const isShare = (value: number | undefined) => value === undefined || (value >= 0 && value <= 1 + 1e-3)
  return frames.every(({ operations }) =>
    operations.every((operation) => !('confidence' in operation) || isShare(operation.confidence as number)),
  )
}

function settingsOf({ generation }: DllmVizTrace, length: number, steps: number): DiffusionSettings {
  const { blockLength = 0, temperature = 0, topK = 0, seed } = generation
  const defaults = defaultDiffusionSettings(length)
  return {
    ...defaults,
    steps: Math.max(1, steps),
    blockLength: blockLength >= 1 && blockLength <= length ? blockLength : length,
    temperature: Math.max(0, temperature),
    topK: topK >= 1 ? topK : defaults.topK,
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : defaults.seed,
  }
}

/**
 * A run in the trace schema 0.1 of dllm-viz (github.com/nishide-dev/dllm-viz). Slots of the prompt are left
 * out; renoised slots are masked at once; positions that are inserted, deleted or moved are refused. Throws
 * `ImportError`.
 */
export function importDllmViz(value: unknown): ImportedRun {
  const parsed = v.safeParse(DllmVizSchema, value, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new ImportError(v.getDotPath(issue) ?? '', issue.message)
  }
  const file = parsed.output
  const isPrompt = ({ state, region }: (typeof file.initial.slots)[number]) =>
    state === 'prompt' || region === 'prompt'
  const answer = file.initial.slots.filter((slot) => !isPrompt(slot))
  if (answer.length === 0 || answer.length > IMPORT_LIMITS.positions) {
    throw new ImportError(
      'initial.slots',
      `from 1 to ${IMPORT_LIMITS.positions} slots of the answer can be drawn`,
    )
  }
  if (file.frames.length > IMPORT_LIMITS.steps) {
    throw new ImportError('frames', `at most ${IMPORT_LIMITS.steps} frames can be drawn`)
  }

  const table = new TokenTable(largestId(file) + 1)
  const mask = file.tokenizer?.maskTokenId ?? table.fresh()
  const end = endOf(file.frames, table) ?? table.fresh()
  table.endsWith(end)
  const blank = answer.map((slot) => ({ slotId: slot.slotId, state: 'masked' as const }))
  const slots = new AnswerSlots(blank, file.initial.slots.filter(isPrompt), { table, mask, end })
  const isProbability = areProbabilities(file)
  const reader = { slots, table, mask, isProbability }

  const steps: TraceStep[] = []
  const framesOfSteps: DllmVizFrame[] = []
  const take = (frame: DllmVizFrame, path: string) => {
    const step = stepOfFrame(frame, path, reader, steps.length + 1)
    if (step === null) return
    steps.push(step)
    framesOfSteps.push(frame)
  }
  // What stands in the answer from the start is a step before the first; masked slots may hold a token already.
  const given = answer.map(({ slotId, tokenId, text, state }) => ({
    ...{ type: 'set-token' as const, slotId, state },
    ...(tokenId !== undefined && { tokenId }),
    ...(text !== undefined && { text }),
  }))
  take({ kind: 'initial', operations: given }, 'initial')
  const isGiven = steps.length > 0
  file.frames.forEach((frame, at) => take(frame, `frames.${at}`))

  const clock = isGiven ? null : clockOf(file.frames, framesOfSteps)
  const timed =
    clock === null ? steps : steps.map((step, at) => withTime(step, clock[at]!, clock[at - 1] ?? 0))
  const commits = steps.flatMap((step) => step.commits).filter(({ id }) => id !== mask)
  const hasRows = steps.some(({ positions }) => positions.length > 0)
  return {
    trace: {
      header: {
        decoder: 'diffusion',
        prompt: file.prompt?.text ?? '',
        promptIds: (file.prompt?.tokenIds ?? []).flatMap((id) => id ?? []),
        vocabulary: table.vocabulary(mask, end),
        model: {
          name: file.model?.name ?? 'Unknown model',
          revision: file.model?.revision ?? '',
          parameters: 0,
          precision: 'unknown',
        },
        device: { backend: 'remote', label: file.source.runtime ?? file.source.adapter },
        knowledge: {
          confidence: commits.length > 0 && commits.every(({ probability }) => !Number.isNaN(probability)),
          candidates: hasRows,
          guesses: hasRows,
          reasons: false,
          clock: clock !== null,
          steps: 'pass',
        },
        settings: settingsOf(file, answer.length, steps.length),
      },
      steps: timed,
      status: slots.canvas().includes(mask) ? 'stopped' : 'done',
    },
    pieces: table.pieces,
    provenance: PROVENANCE[file.provenance.mode],
    notes: [
      `From dllm-viz's trace schema 0.1, written by ${file.source.adapter}, ${file.provenance.mode}.`,
      ...(clock === null ? ['The file has no times: play it by its steps.'] : []),
      ...(isGiven ? ['Tokens that stood in the answer from the start are its first step.'] : []),
      ...(isProbability ? [] : [NO_PROBABILITIES]),
      'The rule by which tokens were committed is not in the file.',
    ],
  }
}

function withTime(step: TraceStep, at: number, before: number): TraceStep {
  return { ...step, at, passMs: at - before }
}
