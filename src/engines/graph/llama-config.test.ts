import { expect, it } from 'vitest'
import { llamaShape } from './llama-config.ts'

const CONFIG = {
  model_type: 'llama',
  hidden_size: 576,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  intermediate_size: 1536,
  vocab_size: 49_152,
  rms_norm_eps: 1e-5,
  rope_theta: 100_000,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
}

it('reads a configuration in its old and its new way', () => {
  const shape = llamaShape(CONFIG)
  expect(shape).toMatchObject({ layers: 30, headWidth: 64, keyHeads: 3, theta: 100_000, tied: true })
  const { rope_theta, ...rest } = CONFIG
  expect(llamaShape({ ...rest, rope_parameters: { rope_theta, rope_type: 'default' } })).toEqual(shape)
})

it.each([
  ['model_type', 'gpt2'],
  ['attention_bias', true],
  ['rope_scaling', { factor: 2 }],
  ['hidden_act', 'gelu'],
  ['rope_theta', undefined],
  ['num_key_value_heads', 2],
])('names what it can’t build: %s', (key, value) => {
  expect(() => llamaShape({ ...CONFIG, [key]: value })).toThrow(
    expect.objectContaining({ kind: 'unexpected', message: expect.stringContaining(key) as string }),
  )
})
