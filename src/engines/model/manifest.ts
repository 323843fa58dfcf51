import * as v from 'valibot'

const FileEntry = v.object({ file: v.string(), bytes: v.number(), sha256: v.string() })
const GraphEntry = v.object({ ...FileEntry.entries, window: v.number() })
/** `context`: how many earlier ids stand before the new ones in `input_ids`; `cache`: the shape of `past`. */
const ExtendEntry = v.object({ ...GraphEntry.entries, context: v.number(), cache: v.array(v.number()) })

/** `manifest.json` beside a model's files, written by `model/`. */
export const ManifestSchema = v.object({
  version: v.literal(1),
  name: v.string(),
  revision: v.string(),
  parameters: v.number(),
  precision: v.string(),
  license: v.string(),
  tokenizer: FileEntry,
  weights: FileEntry,
  graphs: v.object({ denoise: v.array(GraphEntry), extend: ExtendEntry }),
  vocabulary: v.object({
    size: v.number(),
    mask: v.number(),
    end: v.number(),
    pad: v.number(),
    suppressed: v.array(v.number()),
  }),
  template: v.object({ before: v.array(v.number()), after: v.array(v.number()) }),
  /** 1: row j of the output predicts token j+1. */
  shift: v.union([v.literal(0), v.literal(1)]),
  topK: v.number(),
  canvas: v.object({ default: v.number(), choices: v.array(v.number()) }),
  golden: v.unknown(),
})

export type Manifest = v.InferOutput<typeof ManifestSchema>
