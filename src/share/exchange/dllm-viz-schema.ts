import * as v from 'valibot'

/** The schema has plain integers; a negative one says that there is none. */
const integer = v.pipe(v.number(), v.safeInteger())
const tokenId = v.pipe(
  integer,
  v.maxValue(2 ** 24),
  v.transform((id) => (id < 0 ? undefined : id)),
)
const finite = v.pipe(v.number(), v.finite())
const state = v.picklist([
  'prompt',
  'masked',
  'proposed',
  'committed',
  'fixed',
  'renoised',
  'padding',
  'unknown',
])

const token = { tokenId: v.exactOptional(tokenId), text: v.exactOptional(v.string()) }

const Slot = v.looseObject({
  slotId: v.string(),
  ...token,
  state,
  region: v.exactOptional(v.picklist(['prompt', 'completion', 'suffix', 'padding'])),
})

const Candidate = v.looseObject({ ...token, probability: v.exactOptional(finite) })

/** Operations on one slot that are drawn. */
const Operation = v.variant('type', [
  v.looseObject({
    type: v.literal('set-token'),
    slotId: v.string(),
    ...token,
    state: v.exactOptional(state),
    confidence: v.exactOptional(finite),
  }),
  v.looseObject({
    type: v.literal('commit'),
    slotId: v.string(),
    ...token,
    tokenId,
    confidence: v.exactOptional(finite),
  }),
  v.looseObject({ type: v.literal('mask'), slotId: v.string() }),
  v.looseObject({ type: v.literal('renoise'), slotId: v.string() }),
  v.looseObject({
    type: v.literal('set-distribution'),
    slotId: v.string(),
    candidates: v.array(Candidate),
    entropy: v.exactOptional(finite),
  }),
  v.looseObject({ type: v.literal('set-projection') }),
  v.looseObject({ type: v.literal('set-scalar') }),
  v.looseObject({ type: v.literal('insert-slots') }),
  v.looseObject({ type: v.literal('delete-slots') }),
  v.looseObject({ type: v.literal('move-slot') }),
])

const Frame = v.looseObject({
  kind: v.string(),
  timestampMs: v.exactOptional(finite),
  operations: v.array(Operation),
  metrics: v.exactOptional(v.looseObject({ elapsedMs: v.exactOptional(finite) })),
})

/** What is read of dllm-viz's trace schema 0.1; fields that are not drawn may hold anything. */
export const DllmVizSchema = v.looseObject({
  schemaVersion: v.literal('0.1', 'only version 0.1 of this schema is read'),
  model: v.exactOptional(v.looseObject({ name: v.string(), revision: v.exactOptional(v.string()) })),
  tokenizer: v.exactOptional(
    v.looseObject({
      vocabSize: v.exactOptional(tokenId),
      maskTokenId: v.exactOptional(tokenId),
    }),
  ),
  generation: v.looseObject({
    algorithm: v.exactOptional(v.string()),
    blockLength: v.exactOptional(integer),
    temperature: v.exactOptional(finite),
    topK: v.exactOptional(integer),
    /** What confidences are: probabilities are "max-prob". */
    confidenceType: v.exactOptional(v.string()),
    seed: v.exactOptional(v.union([v.number(), v.string()])),
  }),
  provenance: v.looseObject({ mode: v.picklist(['measured', 'mixed', 'illustrative']) }),
  source: v.looseObject({ adapter: v.string(), runtime: v.exactOptional(v.string()) }),
  prompt: v.exactOptional(v.looseObject({ text: v.string(), tokenIds: v.exactOptional(v.array(tokenId)) })),
  initial: v.looseObject({ slots: v.array(Slot) }),
  frames: v.array(Frame),
  final: v.exactOptional(v.looseObject({ finishReason: v.exactOptional(v.string()) })),
})

export type DllmVizTrace = v.InferOutput<typeof DllmVizSchema>
export type DllmVizFrame = DllmVizTrace['frames'][number]
