import * as v from 'valibot'
import { undrawable } from '../trace/drawable.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { Trace } from '../trace/trace.ts'
import { checkRun } from './check-run.ts'
import type { Comparison } from './comparison.ts'
import { ComparisonSchema, VERSION, type ComparisonFile, type RunFile } from './comparison-schema.ts'
import { decodeStep, encodeStep } from './step-file.ts'

export type { Comparison } from './comparison.ts'

export type Decoded =
  { readonly ok: true; readonly comparison: Comparison } | { readonly ok: false; readonly message: string }

/**
 * A comparison as a JSON value: compact, so with probabilities to four decimals, and of each row only the
 * first `candidates`.
 */
export function encodeComparison(
  { prompt, diffusion, autoregressive, pieces, recordedAt, provenance, lacks }: Comparison,
  { candidates }: { readonly candidates: number },
): unknown {
  const runs = [encodeRun(diffusion, candidates), encodeRun(autoregressive, candidates)] as const
  return {
    version: VERSION,
    recordedAt,
    ...(provenance && { provenance }),
    ...(lacks && { lacks }),
    prompt,
    diffusion: runs[0],
    autoregressive: runs[1],
    pieces: encodePieces(runs, pieces),
  }
}

/** Reads what `encodeComparison` wrote, or says where and why it cannot be read. Never throws. */
export function decodeComparison(value: unknown): Decoded {
  const parsed = v.safeParse(ComparisonSchema, value, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse(v.getDotPath(issue) ?? 'the file', issue.message)
  }
  const file = parsed.output
  for (const lane of ['diffusion', 'autoregressive'] as const) {
    const complaint = checkRun(file[lane])
    if (complaint !== null) return refuse(lane, complaint)
  }
  const { recordedAt, prompt, provenance, lacks, pieces } = file
  const comparison = {
    recordedAt,
    ...(provenance && { provenance }),
    ...(lacks && { lacks }),
    prompt,
    diffusion: decodeRun(file.diffusion),
    autoregressive: decodeRun(file.autoregressive),
    pieces: decodePieces(pieces),
  }
  for (const lane of ['diffusion', 'autoregressive'] as const) {
    const complaint = undrawable(comparison[lane], comparison.pieces)
    if (complaint !== null) return refuse(lane, complaint)
  }
  return { ok: true, comparison }
}

function refuse(path: string, message: string): Decoded {
  return { ok: false, message: `This recording cannot be read (${path}: ${message}). Ask for a new one.` }
}

function encodeRun({ header, status, steps }: Trace, candidates: number) {
  return { header, status, steps: steps.map((step) => encodeStep(step, candidates)) }
}

function decodeRun({ header, status, steps }: RunFile): Trace {
  return { header, status, steps: steps.map((step, index) => decodeStep(step, index + 1)) }
}

function encodePieces(runs: readonly Pick<RunFile, 'steps'>[], pieces: Pieces): ComparisonFile['pieces'] {
  const occurring = new Set<number>()
  for (const step of runs.flatMap(({ steps }) => steps)) {
    for (const id of [...step.ids, ...step.guesses]) occurring.add(id)
    for (const [, id, previous] of step.commits) occurring.add(id).add(previous)
  }
  return Object.fromEntries([...occurring].map((id) => [id, String.fromCharCode(...pieces(id))]))
}

function decodePieces(file: ComparisonFile['pieces']): Pieces {
  const bytes = new Map(
    Object.entries(file).map(([id, text]) => [
      Number(id),
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    ]),
  )
  const none = new Uint8Array()
  return (id) => bytes.get(id) ?? none
}
