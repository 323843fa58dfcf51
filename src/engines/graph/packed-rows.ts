import type { Graph } from './graph.ts'

/** A GPU sorts so many at once; a wider TopK takes passes by the square of its width. */
const WIDEST = 2048

/**
 * What is wanted of logits `[1, rows, vocabulary]`, in one tensor, since every output costs a read-back:
 * `[1, rows, 2k + 2]`, k logits from the largest down, k ids, log-sum-exp, entropy in nats.
 *
 * The largest logit is taken off before exponentials: onnxruntime's own log-sum-exp overflows on a GPU.
 */
export function packedRows(graph: Graph, logits: string, vocabulary: number, k: number): string {
  const last = graph.constant('int64', [1], [-1])
  const sum = (x: string) => graph.add('ReduceSum', [x, last], { attributes: { keepdims: 1 } })
  const { values, ids } = largest(graph, logits, vocabulary, k)
  const top = graph.add('Slice', [values, ...[0, 1, 2].map((bound) => graph.constant('int64', [1], [bound]))])
  const below = graph.add('Sub', [logits, top])
  const powers = graph.add('Exp', [below])
  const total = sum(powers)
  const logTotal = graph.add('Log', [total])
  const mean = graph.add('Div', [sum(graph.add('Mul', [powers, below])), total])
  return graph.add(
    'Concat',
    [values, ids, graph.add('Add', [top, logTotal]), graph.add('Sub', [logTotal, mean])],
    { attributes: { axis: -1 } },
  )
}

/** The k largest of each row with their places as floats; in two stages where the row is wide. */
function largest(
  graph: Graph,
  x: string,
  width: number,
  k: number,
): { readonly values: string; readonly ids: string } {
  const count = graph.constant('int64', [1], [k])
  const topK = (of: string) => graph.addMany('TopK', [of, count], 2, { attributes: { axis: -1 } })
  const groups = groupsOf(width)
  if (groups === 1) {
    const [values, places] = topK(x)
    return { values: values!, ids: graph.add('Cast', [places!], { attributes: { to: 1 } }) }
  }
  const each = width / groups
  const shape = (sizes: readonly number[]) => graph.constant('int64', [sizes.length], sizes)
  const iota = graph.constant('float32', [each], [...Array(each).keys()])
  const begins = graph.constant(
    'float32',
    [groups, 1],
    Array.from({ length: groups }, (_, i) => i * each),
  )
  const [some, places] = topK(graph.add('Reshape', [x, shape([1, -1, groups, each])]))
  const ids = graph.add('Add', [graph.add('Gather', [iota, places!]), begins])
  const flat = shape([1, -1, groups * k])
  const [values, chosen] = topK(graph.add('Reshape', [some!, flat]))
  return {
    values: values!,
    ids: graph.add('GatherElements', [graph.add('Reshape', [ids, flat]), chosen!], {
      attributes: { axis: -1 },
    }),
  }
}

/** The fewest equal parts of a row that a GPU sorts at once; a row that has none stays whole. */
function groupsOf(width: number): number {
  for (let groups = 1; groups <= width / 32; groups++) {
    if (width % groups === 0 && width / groups <= WIDEST) return groups
  }
  return 1
}
