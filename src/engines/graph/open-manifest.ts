import * as v from 'valibot'
import type { EngineError } from '../engine-error.ts'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))
const FileEntry = v.object({ file: v.string(), bytes: Count, sha256: v.string() })
/** A part of the weights' stream: all files of `weights`, one after the other. */
const Part = v.object({ offset: Count, bytes: Count })
const ScalesPart = v.object({ ...Part.entries, type: v.picklist(['float16', 'float32']) })

const TensorEntry = v.variant('form', [
  v.object({ form: v.picklist(['float32', 'float16']), shape: v.array(Count), data: Part }),
  v.object({
    form: v.picklist(['int4', 'int8']),
    shape: v.tuple([Count, Count]),
    /** Numbers of a row that share a scale. */
    block: Count,
    data: Part,
    scales: ScalesPart,
  }),
])
export type TensorEntry = v.InferOutput<typeof TensorEntry>

/** `manifest.json` of a model whose graph is written here from its `config.json`. */
const OpenManifestSchema = v.object({
  version: v.literal(2),
  name: v.string(),
  revision: v.string(),
  parameters: v.number(),
  precision: v.string(),
  license: v.string(),
  config: FileEntry,
  tokenizer: FileEntry,
  weights: v.array(FileEntry),
  /** By the names that transformers gives them. */
  tensors: v.record(v.string(), TensorEntry),
  vocabulary: v.object({
    size: v.number(),
    mask: v.number(),
    end: v.number(),
    pad: v.number(),
    suppressed: v.array(v.number()),
  }),
  template: v.object({ before: v.array(v.number()), after: v.array(v.number()) }),
  /** Rows before the prompt's last one see what stands left of them. */
  prompt: v.literal('causal'),
  /** Row j of the output predicts token j+1. */
  shift: v.literal(1),
  topK: v.number(),
  /** Longest prompt with template plus answer, in tokens. */
  window: v.number(),
  canvas: v.object({ default: v.number(), choices: v.array(v.number()) }),
  golden: v.optional(v.unknown()),
})

export type OpenManifest = v.InferOutput<typeof OpenManifestSchema>

/** Checks a parsed `manifest.json`. Throws an `EngineError` that names what is wrong with it. */
export function parseOpenManifest(value: unknown): OpenManifest {
  const parsed = v.safeParse(OpenManifestSchema, value)
  if (parsed.success) return parsed.output
  throw {
    kind: 'unexpected',
    message:
      'The model’s manifest is not one that this version reads. Reload the page; if that does not help, the model has to be exported again.',
    detail: JSON.stringify(v.flatten(parsed.issues)),
  } satisfies EngineError
}
