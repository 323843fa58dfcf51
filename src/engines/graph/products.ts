import { CONTRIB, type Graph } from './graph.ts'
import { BLOCK, type Matrix } from './matrix.ts'
import { roundedColumns, type Rounded } from './rounded.ts'

/**
 * How a matrix is multiplied with: `float32`; `int4`, blocks of 32 that stay packed (fast on WebGPU, slow on
 * WASM); `int8`, with activations rounded to 8 bits as they come, a scale a pass (WASM only, its quickest).
 */
export type Form = 'float32' | 'int4' | 'int8'

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** x · Wᵀ in the form that is asked for; in 32-bit floats where the matrix isn't stored in four bits. */
export function product(graph: Graph, x: string, name: string, matrix: Matrix, form: Form): string {
  const { rows, columns } = matrix
  if (form === 'int8') {
    return graph.add('DynamicQuantizeMatMul', [x, ...integers(graph, name, matrix)], {
      domain: CONTRIB,
    })
  }
  if (form === 'int4' && matrix.fourBits) {
    return graph.add(
      'MatMulNBits',
      [x, fourBitCodes(graph, name, matrix), fourBitScales(graph, name, matrix)],
      {
        domain: CONTRIB,
        attributes: { K: columns, N: rows, bits: 4, block_size: BLOCK },
      },
    )
  }
  const transposed = graph.weight(`${name}.transposed`, 'float32', [columns, rows], () => {
    const opened = matrix.open()
    const row = new Float32Array(columns)
    const all = new Float32Array(columns * rows)
    for (let n = 0; n < rows; n++) {
      opened.values(n, row)
      for (let k = 0; k < columns; k++) all[k * rows + n] = row[k]!
    }
    return bytesOf(all)
  })
  return graph.add('MatMul', [x, transposed])
}

/** Rows of a table by their ids `[1, n]`: `[1, n, columns]`. Four-bit codes are those of `product`, kept once. */
export function lookup(graph: Graph, ids: string, name: string, table: Matrix, form: Form): string {
  const { rows, columns } = table
  if (form !== 'float32' && table.fourBits) {
    const blocks = columns / BLOCK
    const scales = graph.weight(`${name}.scales3`, 'float32', [rows, blocks, 1], () => readScales(table))
    const found = graph.add('GatherBlockQuantized', [fourBitCodes(graph, name, table), ids, scales], {
      domain: CONTRIB,
      attributes: { gather_axis: 0, quantize_axis: 2, block_size: BLOCK, bits: 4 },
    })
    return graph.add('Reshape', [found, graph.constant('int64', [3], [1, -1, columns])])
  }
  const values = graph.weight(`${name}.values`, 'float32', [rows, columns], () => {
    const opened = table.open()
    const all = new Float32Array(rows * columns)
    for (let n = 0; n < rows; n++) opened.values(n, all.subarray(n * columns, (n + 1) * columns))
    return bytesOf(all)
  })
  return graph.add('Gather', [values, ids])
}

function fourBitCodes(graph: Graph, name: string, matrix: Matrix): string {
  const { rows, columns } = matrix
  const width = columns / 2
  return graph.weight(`${name}.codes`, 'uint8', [rows, columns / BLOCK, BLOCK / 2], () => {
    const opened = matrix.open()
    const all = new Uint8Array(rows * width)
    for (let n = 0; n < rows; n++) opened.codes!(n, all.subarray(n * width, (n + 1) * width))
    return all
  })
}

function fourBitScales(graph: Graph, name: string, matrix: Matrix): string {
  return graph.weight(`${name}.scales`, 'float32', [matrix.rows, matrix.columns / BLOCK], () =>
    readScales(matrix),
  )
}

function readScales(matrix: Matrix): Uint8Array {
  const opened = matrix.open()
  const blocks = matrix.columns / BLOCK
  const all = new Float32Array(matrix.rows * blocks)
  for (let n = 0; n < matrix.rows; n++) opened.scales!(n, all.subarray(n * blocks, (n + 1) * blocks))
  return bytesOf(all)
}

/** The integer product's two tensors. Both are made when the first is asked for, and kept no longer than needed. */
function integers(graph: Graph, name: string, matrix: Matrix): [codes: string, steps: string] {
  const { rows, columns } = matrix
  let made: Rounded | null = null
  let given = 0
  const give = (part: keyof Rounded) => () => {
    made ??= roundedColumns(matrix)
    const bytes = bytesOf(made[part])
    if (++given === 2) made = null
    return bytes
  }
  return [
    graph.weight(`${name}.rounded`, 'int8', [columns, rows], give('codes')),
    graph.weight(`${name}.steps`, 'float32', [rows], give('steps')),
  ]
}
