import * as v from 'valibot'
import type { EngineError } from '../engine-error.ts'

/** What is read of a `config.json` as transformers writes it, in its old and its new way. */
const ConfigSchema = v.looseObject({
  model_type: v.literal('llama'),
  hidden_size: v.number(),
  num_hidden_layers: v.number(),
  num_attention_heads: v.number(),
  num_key_value_heads: v.optional(v.number()),
  head_dim: v.nullish(v.number()),
  intermediate_size: v.number(),
  vocab_size: v.number(),
  rms_norm_eps: v.number(),
  rope_theta: v.optional(v.number()),
  rope_parameters: v.nullish(v.looseObject({ rope_theta: v.number() })),
  tie_word_embeddings: v.optional(v.boolean()),
  hidden_act: v.optional(v.literal('silu')),
  rope_scaling: v.nullish(v.never()),
  attention_bias: v.optional(v.literal(false)),
  mlp_bias: v.optional(v.literal(false)),
})

/** The shape of a Llama: RMS norms, rotary positions, grouped heads, a gated feed-forward. */
export interface LlamaShape {
  readonly layers: number
  readonly width: number
  readonly heads: number
  /** Heads of keys and values; `heads` is a multiple. */
  readonly keyHeads: number
  readonly headWidth: number
  readonly feedForward: number
  readonly vocabulary: number
  readonly epsilon: number
  /** Base of the rotary frequencies. */
  readonly theta: number
  /** Whether the head is the embedding. */
  readonly tied: boolean
}

/** Reads a parsed `config.json`. Throws an `EngineError` that names what this graph can't be. */
export function llamaShape(config: unknown): LlamaShape {
  const parsed = v.safeParse(ConfigSchema, config)
  if (!parsed.success) throw unbuildable(Object.keys(v.flatten(parsed.issues).nested ?? {}).join(', '))
  const read = parsed.output
  const theta = read.rope_theta ?? read.rope_parameters?.rope_theta
  if (!theta) throw unbuildable('rope_theta')
  const heads = read.num_attention_heads
  const keyHeads = read.num_key_value_heads ?? heads
  if (heads % keyHeads !== 0) throw unbuildable('num_key_value_heads')
  return {
    layers: read.num_hidden_layers,
    width: read.hidden_size,
    heads,
    keyHeads,
    headWidth: read.head_dim ?? read.hidden_size / heads,
    feedForward: read.intermediate_size,
    vocabulary: read.vocab_size,
    epsilon: read.rms_norm_eps,
    theta,
    tied: read.tie_word_embeddings ?? false,
  }
}

function unbuildable(keys: string): EngineError {
  return {
    kind: 'unexpected',
    message: `The model's config.json is not of a Llama that this page can build (${keys}). Choose another model.`,
  }
}
