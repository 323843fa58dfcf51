import { encodeNode, encodeTensor } from '../graph/onnx-model.ts'
import { ExternalWeights, type Supply } from '../graph/external-weights.ts'
import { fieldsOf, readFields, textOf, type ReadField } from '../graph/read-wire.ts'
import { bytes, join } from '../graph/wire.ts'

/** A graph whose matrices are floats, and the file that they come from, one by one. */
export interface FloatGraph {
  readonly graph: Uint8Array
  readonly weights: Uint8Array
  /** Gives back the memory that matrices were unpacked in, once the graph is open. */
  release(): void
}

interface ReadNode {
  readonly whole: Uint8Array
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
}

interface ReadTensor {
  readonly shape: readonly number[]
  /** Bytes in the graph's own file. */
  readonly content: Uint8Array
  /** Where it stands in the file of weights; null where it stands in the graph. */
  readonly place: { readonly offset: number; readonly length: number } | null
}

/** A matrix `[rows, columns]` in blocks of bytes with a scale each. */
interface Stored {
  /** What the graph calls its parts. */
  readonly names: { readonly bytes: string; readonly scales: string; readonly zero: string }
  readonly bytes: ReadTensor
  readonly scales: ReadTensor
  readonly zero: number
}

/** Numbers of fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const GRAPH = 7
const NODE = 1
const INITIALIZER = 5
/** `TensorProto.FLOAT`. */
const FLOAT = 1

/** The operators that turn a stored matrix into floats, from the last to the first. */
const STEPS = ['Reshape', 'Mul', 'Sub', 'Cast'] as const

/**
 * A graph that turns stored bytes into floats by nodes with constant inputs, with the floats in their place.
 *
 * onnxruntime computes such nodes when it opens the graph and holds every stage of every matrix meanwhile, five
 * times the floats; WASM's memory never shrinks again. Here a matrix is unpacked when the runtime asks for it,
 * so that nothing but the floats is ever in its memory. The numbers are the same, to the last bit.
 *
 * @param file the name under which the graph knows its weights
 * @param lookUp where rows of a matrix are only looked up: whether in its floats, or in its bytes, of which only those
 *   rows are made floats then
 */
export function floatsAtLoad(
  model: Uint8Array,
  weights: Uint8Array,
  file: string,
  lookUp: 'floats' | 'bytes',
): FloatGraph {
  const fields = readFields(model)
  const graph = readFields(fieldsOf(fields, GRAPH)[0]?.content ?? new Uint8Array())
  const nodes = fieldsOf(graph, NODE).map(readNode)
  const tensors = new Map(fieldsOf(graph, INITIALIZER).map((field) => readTensor(field)))
  const makers = new Map(nodes.map((node) => [node.output, node]))

  /** The matrix that a value is the floats of, if it is. */
  function storedIn(value: string): Stored | null {
    let at = value
    const others: string[] = []
    for (const step of STEPS) {
      const node = makers.get(at)
      if (node?.operator !== step) return null
      at = node.inputs[0] ?? ''
      others.push(node.inputs[1] ?? '')
    }
    const [, ofScales = '', ofZero = ''] = others
    const [stored, scales, zero] = [at, ofScales, ofZero].map((name) => tensors.get(name))
    if (!stored?.place || !scales?.place || zero?.content.length !== 4) return null
    const names = { bytes: at, scales: ofScales, zero: ofZero }
    return {
      names,
      bytes: stored,
      scales,
      zero: new DataView(zero.content.slice().buffer).getFloat32(0, true),
    }
  }

  const supplies: Supply[] = []
  const added: Uint8Array[] = []
  const replaced = new Set<string>()
  let unpacked: Float32Array | null = null
  let most = 0
  let end = Math.ceil(weights.length / 4) * 4
  for (const { operator, inputs, output } of nodes) {
    const turned = operator === 'Transpose'
    if (!turned && operator !== 'Reshape') continue
    const stored = storedIn(turned ? (inputs[0] ?? '') : output)
    if (!stored) continue
    const [rows, columns] = [stored.bytes.shape[0]!, stored.bytes.shape[1]! * stored.bytes.shape[2]!]
    const length = rows * columns * 4
    most = Math.max(most, length)
    supplies.push({
      offset: end,
      length,
      bytes() {
        // One for all: the runtime copies a tensor before it asks for the next.
        unpacked ??= new Float32Array(most / 4)
        writeFloats(stored, weights, turned, unpacked)
        return new Uint8Array(unpacked.buffer, 0, length)
      },
    })
    const shape = turned ? [columns, rows] : [rows, columns]
    added.push(encodeTensor({ name: output, element: 'float32', shape, file, offset: end, length }))
    replaced.add(output)
    end += length
  }

  // What only led to the floats goes, from the end to the beginning.
  const wanted = new Set(
    fieldsOf(graph, 12).map((value) => textOf(fieldsOf(readFields(value.content), 1)[0]!)),
  )
  const kept = new Map<Uint8Array, Uint8Array>()
  for (const { operator, inputs, output, whole } of nodes.toReversed()) {
    const outputs = fieldsOf(readFields(readFields(whole)[0]!.content), 2).map(textOf)
    if (replaced.has(output) || !outputs.some((name) => wanted.has(name))) continue
    const stored = operator === 'Gather' && lookUp === 'bytes' ? storedIn(inputs[0] ?? '') : null
    if (stored) {
      const { bytes: table, scales, zero } = stored.names
      for (const name of [table, scales, zero, ROW_SHAPE.name, ...inputs.slice(1)]) wanted.add(name)
    } else inputs.forEach((name) => wanted.add(name))
    kept.set(whole, stored ? lookedUp(stored, inputs[1] ?? '', output) : whole)
  }
  for (const [name, { place }] of tensors) {
    if (place && wanted.has(name)) {
      const { offset, length } = place
      supplies.push({ offset, length, bytes: () => weights.subarray(offset, offset + length) })
    }
  }
  const rest = graph.filter(
    ({ field, content, whole }) =>
      (field !== NODE || kept.has(whole)) &&
      (field !== INITIALIZER || wanted.has(textOf(fieldsOf(readFields(content), 8)[0]!))),
  )
  const floats = added.filter((tensor) => wanted.has(textOf(fieldsOf(readFields(tensor), 8)[0]!)))
  const written = join([
    ...rest.map(({ whole }) => kept.get(whole) ?? whole),
    ...(wanted.has(ROW_SHAPE.name)
      ? [bytes(INITIALIZER, encodeTensor({ ...ROW_SHAPE, element: 'int64', shape: [3] }))]
      : []),
    ...floats.map((tensor) => bytes(INITIALIZER, tensor)),
  ])
  return {
    graph: join(fields.map(({ field, whole }) => (field === GRAPH ? bytes(GRAPH, written) : whole))),
    weights: new ExternalWeights(supplies),
    release() {
      // Collected sooner or later anyway; browsers that can give it back do so at once.
      const buffer = unpacked?.buffer as { transfer?: (length: number) => unknown } | undefined
      buffer?.transfer?.(0)
      unpacked = null
    },
  }
}

/** `[batch, length, columns]`, whatever the ids are. */
const ROW_SHAPE = {
  name: 'shape of rows that are looked up',
  content: new Uint8Array(BigInt64Array.of(0n, 0n, -1n).buffer),
} as const

/** Nodes that make floats of the rows of these ids alone. */
function lookedUp({ names }: Stored, ids: string, output: string): Uint8Array {
  const node = (operator: string, inputs: string[], to: string, attributes = {}) =>
    bytes(NODE, encodeNode({ operator, domain: '', inputs, outputs: [to], attributes }, to))
  const part = (name: string) => `${output} ${name}`
  return join([
    node('Gather', [names.bytes, ids], part('bytes')),
    node('Cast', [part('bytes')], part('steps'), { to: FLOAT }),
    node('Sub', [part('steps'), names.zero], part('signed')),
    node('Gather', [names.scales, ids], part('scales')),
    node('Mul', [part('signed'), part('scales')], part('rows')),
    node('Reshape', [part('rows'), ROW_SHAPE.name], output),
  ])
}

function readNode({ whole, content }: ReadField): ReadNode {
  const fields = readFields(content)
  const all = (field: number) => fieldsOf(fields, field).map(textOf)
  return { whole, operator: all(4)[0] ?? '', inputs: all(1), output: all(2)[0] ?? '' }
}

function readTensor({ content }: ReadField): [string, ReadTensor] {
  const fields = readFields(content)
  const entries = fieldsOf(fields, 13).map(({ content: entry }) => readFields(entry))
  const entry = (key: string) => {
    const found = entries.find((pair) => textOf(fieldsOf(pair, 1)[0]!) === key)
    return found && textOf(fieldsOf(found, 2)[0]!)
  }
  const external = entry('location') !== undefined
  return [
    fieldsOf(fields, 8).map(textOf)[0] ?? '',
    {
      shape: fieldsOf(fields, 1).flatMap(dimensionsOf),
      content: fieldsOf(fields, 9)[0]?.content ?? new Uint8Array(),
      place: external ? { offset: Number(entry('offset') ?? 0), length: Number(entry('length')) } : null,
    },
  ]
}

/** Dimensions stand one a field, or all in one. */
function dimensionsOf({ content, integer }: ReadField): readonly number[] {
  if (content.length === 0) return [Number(integer)]
  const sizes: number[] = []
  let size = 0
  let shift = 1
  for (const byte of content) {
    size += (byte & 0x7f) * shift
    shift *= 128
    if (byte < 0x80) {
      sizes.push(size)
      size = 0
      shift = 1
    }
  }
  return sizes
}

/** Writes a matrix's floats, `[rows, columns]` or turned. */
function writeFloats(
  { bytes: stored, scales, zero }: Stored,
  weights: Uint8Array,
  turned: boolean,
  into: Float32Array,
): void {
  const [rows, blocks, block] = stored.shape as [number, number, number]
  const columns = blocks * block
  const from = stored.place!
  const steps = weights.subarray(from.offset, from.offset + from.length)
  const at = scales.place!
  const scale = new Float32Array(weights.slice(at.offset, at.offset + at.length).buffer)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column
      into[turned ? column * rows + row : i] = (steps[i]! - zero) * scale[Math.floor(i / block)]!
    }
  }
}
