import { CONTRIB, Graph, type WrittenModel } from './graph.ts'
import { packedRows } from './packed-rows.ts'
import type { LlamaShape } from './llama-config.ts'
import { stacked, withColumns, withRows, type Matrix } from './matrix.ts'
import { lookup, product, type Form } from './products.ts'
import { rotaryTables } from './rotary-tables.ts'
import type { StoredWeights } from './stored-weights.ts'

/** The form of every matrix. */
export interface Forms {
  readonly embedding: Form
  readonly query: Form
  readonly attentionOut: Form
  readonly gate: Form
  readonly down: Form
  readonly head: Form
}

/** One form for all matrices. */
export function allIn(form: Form): Forms {
  return { embedding: form, query: form, attentionOut: form, gate: form, down: form, head: form }
}

/**
 * What a pass does with keys and values: nothing; it reads what earlier passes left and answers with its
 * own rows (`rows`) or with old and new together (`grown`).
 */
type CacheUse = 'none' | 'rows' | 'grown'

export interface PassOptions {
  readonly shape: LlamaShape
  readonly weights: StoredWeights
  readonly forms: Forms
  readonly cache: CacheUse
  /** Longest text, in tokens: rows of the rotary tables. */
  readonly window: number
  readonly topK: number
}

/**
 * A forward pass over some rows of a text.
 *
 * Inputs: `ids` int32 `[1, rows]`; `positions` int64 `[1, rows]`; `bias` float `[1, 1, rows · group, seen]`,
 * 0 where a row sees and very negative where not, each row as often as query heads share a key head, with
 * `seen` the cache's places and then the rows themselves; `asked` int32 `[asked]`, the rows that are
 * predicted from; and with a cache `past.N.key`, `past.N.value` float `[1, keyHeads, past, headWidth]`.
 *
 * Outputs: `packed` float `[1, asked, 2 topK + 2]`, see `packedRows`; and `new.N.key`, `new.N.value`
 * `[1, rows, keyHeads · headWidth]` (`rows`), or `present.N.key`, `present.N.value`
 * `[1, keyHeads, past + rows, headWidth]` (`grown`).
 *
 * Grouped heads (arXiv 2305.13245): the query heads that share a key head become rows of their own that
 * attend with the key heads alone, so that neither keys nor values are copied. For that the heads of the
 * query's matrix, and with them the columns of the one behind attention, stand in the group's order.
 */
export function llamaGraph({ shape, weights, forms, cache, window, topK }: PassOptions): WrittenModel {
  const { layers, width, heads, keyHeads, headWidth, epsilon, tied } = shape
  const group = heads / keyHeads
  const graph = new Graph(cache === 'none' ? 'denoiser' : 'pass')
  const ids = graph.input('ids', 'int32', [1, 'rows'])
  const positions = graph.input('positions', 'int64', [1, 'rows'])
  const bias = graph.input('bias', 'float32', [1, 1, 'attending', 'seen'])
  const asked = graph.input('asked', 'int32', ['asked'])
  const tables = rotaryTables(graph, shape, window)
  const byHead = graph.constant('int64', [3], [1, -1, keyHeads * headWidth])
  const together = graph.constant('int64', [3], [1, -1, heads * headWidth])
  const past = (part: string) => graph.input(part, 'float32', [1, keyHeads, 'past', headWidth])

  const gain = (name: string) =>
    graph.weight(name, 'float32', [width], () => new Uint8Array(weights.vector(name).slice().buffer))
  const rotated = (x: string, count: number) =>
    graph.add('RotaryEmbedding', [x, positions, ...tables], {
      domain: CONTRIB,
      attributes: { num_heads: count },
    })
  /** x + more, and its norm. */
  function addAndNorm(x: string, more: string, name: string): { normed: string; x: string } {
    const [normed, , , sum] = graph.addMany('SkipSimplifiedLayerNormalization', [x, more, gain(name)], 4, {
      domain: CONTRIB,
      attributes: { epsilon: { float: epsilon } },
    })
    return { normed: normed!, x: sum! }
  }

  // Head h of the group's order is head `order[h]` of the checkpoint.
  const order = Array.from({ length: heads }, (_, h) => (h % keyHeads) * group + Math.floor(h / keyHeads))
  const rowOrder = order.flatMap((head) => Array.from({ length: headWidth }, (_, i) => head * headWidth + i))

  const embedding = 'model.embed_tokens.weight'
  let x = lookup(graph, ids, embedding, weights.matrix(embedding), forms.embedding)
  let normed = graph.add('SimplifiedLayerNormalization', [x, gain('model.layers.0.input_layernorm.weight')], {
    attributes: { axis: -1, epsilon: { float: epsilon } },
  })
  for (let layer = 0; layer < layers; layer++) {
    const path = `model.layers.${layer}`
    const matrix = (name: string) => weights.matrix(`${path}.${name}.weight`)
    const multiply = (value: string, name: string, form: Form, changed: Matrix = matrix(name)) =>
      product(graph, value, `${path}.${name}`, changed, form)

    const parts = [
      withRows(matrix('self_attn.q_proj'), rowOrder),
      matrix('self_attn.k_proj'),
      matrix('self_attn.v_proj'),
    ]
    const [query, key, value] = multiplyAll(
      graph,
      normed,
      `${path}.self_attn`,
      ['q', 'k', 'v'],
      parts,
      forms.query,
    )
    const rotatedKey = rotated(key!, keyHeads)
    const attending = graph.add('Reshape', [rotated(query!, heads), byHead])
    const inputs = [attending, rotatedKey, value!, '', '', bias]
    if (cache !== 'none') inputs.push(past(`past.${layer}.key`), past(`past.${layer}.value`))
    // On a processor onnxruntime overlooks the cache where nobody asks for old and new together.
    const [attended, presentKey, presentValue] = graph.addMany(
      'MultiHeadAttention',
      inputs,
      cache === 'none' ? 1 : 3,
      { domain: CONTRIB, attributes: { num_heads: keyHeads } },
    )
    if (cache === 'rows') {
      graph.output(`new.${layer}.key`, rotatedKey, [1, 'rows', keyHeads * headWidth])
      graph.output(`new.${layer}.value`, value!, [1, 'rows', keyHeads * headWidth])
    }
    if (cache === 'grown') {
      graph.output(`present.${layer}.key`, presentKey!, [1, keyHeads, 'seen', headWidth])
      graph.output(`present.${layer}.value`, presentValue!, [1, keyHeads, 'seen', headWidth])
    }
    const out = withColumns(matrix('self_attn.o_proj'), headWidth, order)
    const mixed = multiply(
      graph.add('Reshape', [attended!, together]),
      'self_attn.o_proj',
      forms.attentionOut,
      out,
    )
    ;({ normed, x } = addAndNorm(x, mixed, `${path}.post_attention_layernorm.weight`))

    const [gate, up] = multiplyAll(
      graph,
      normed,
      `${path}.mlp`,
      ['gate', 'up'],
      [matrix('mlp.gate_proj'), matrix('mlp.up_proj')],
      forms.gate,
    )
    // Spelt out as x · σ(x): in this form onnxruntime knows it and makes one kernel of it and the products.
    const opened = graph.add('Mul', [gate!, graph.add('Sigmoid', [gate!])])
    const more = multiply(graph.add('Mul', [opened, up!]), 'mlp.down_proj', forms.down)
    const next = layer + 1 < layers ? `model.layers.${layer + 1}.input_layernorm.weight` : 'model.norm.weight'
    ;({ normed, x } = addAndNorm(x, more, next))
  }
  const chosen = graph.add('Gather', [normed, asked], { attributes: { axis: 1 } })
  const head = tied ? embedding : 'lm_head.weight'
  const logits = product(graph, chosen, head, weights.matrix(head), forms.head)
  const packed = packedRows(graph, logits, shape.vocabulary, topK)
  graph.output('packed', packed, [1, 'asked', 2 * topK + 2])
  return graph.written()
}

/**
 * Several products of one input. With rounded activations they are one, so that the input is rounded once;
 * else they stand apart, since onnxruntime makes one kernel of a norm and its products on a GPU.
 */
function multiplyAll(
  graph: Graph,
  x: string,
  path: string,
  names: readonly string[],
  parts: readonly Matrix[],
  form: Form,
): string[] {
  if (form !== 'int8') {
    return names.map((name, i) => product(graph, x, `${path}.${name}_proj`, parts[i]!, form))
  }
  const all = product(graph, x, `${path}.${names.join('')}`, stacked(parts), form)
  const sizes = graph.constant(
    'int64',
    [parts.length],
    parts.map(({ rows }) => rows),
  )
  return graph.addMany('Split', [all, sizes], parts.length, { attributes: { axis: -1 } })
}
