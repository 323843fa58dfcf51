import { bytes, float, integer, join, text, type Field } from './wire.ts'

/** `TensorProto.DataType`. */
const ELEMENT = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const
export type Element = keyof typeof ELEMENT

/** A number, or the name of a dimension that a feed decides. */
export type Dimension = number | string

export interface Value {
  readonly name: string
  readonly element: Element
  readonly shape: readonly Dimension[]
}

/** A constant whose bytes stand in the model. */
export interface Inline extends Value {
  readonly shape: readonly number[]
  readonly content: Uint8Array
}

/** A constant whose bytes stand at a place of a file beside the model. */
export interface External extends Value {
  readonly shape: readonly number[]
  readonly file: string
  readonly offset: number
  readonly length: number
}

export type Attribute = number | string | { readonly float: number } | readonly number[]

export interface Node {
  readonly operator: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface OnnxModel {
  readonly name: string
  readonly nodes: readonly Node[]
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly initializers: readonly (Inline | External)[]
  /** Version by domain; the standard operators' domain is the empty string. */
  readonly operators: Readonly<Record<string, number>>
}

const IR_VERSION = 10

/** The bytes of a `ModelProto`. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const graph = join([
    ...model.nodes.map((node, i) => bytes(1, encodeNode(node, i))),
    text(2, model.name),
    ...model.initializers.map((tensor) => bytes(5, encodeTensor(tensor))),
    ...model.inputs.map((value) => bytes(11, encodeValue(value))),
    ...model.outputs.map((value) => bytes(12, encodeValue(value))),
  ])
  return join([
    integer(1, IR_VERSION),
    text(2, 'diffuscope'),
    bytes(7, graph),
    ...Object.entries(model.operators).map(([domain, version]) =>
      bytes(8, join([text(1, domain), integer(2, version)])),
    ),
  ])
}

function encodeNode({ operator, domain, inputs, outputs, attributes }: Node, index: number): Field {
  return join([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(3, `${index}.${operator}`),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, encodeAttribute(name, value))),
    text(7, domain),
  ])
}

function encodeAttribute(name: string, value: Attribute): Field {
  const named = (type: number, ...fields: Field[]) => join([text(1, name), ...fields, integer(20, type)])
  if (typeof value === 'number') return named(2, integer(3, value))
  if (typeof value === 'string') return named(3, text(4, value))
  if ('float' in value) return named(1, float(2, value.float))
  return named(7, ...value.map((one) => integer(8, one)))
}

function encodeTensor(tensor: Inline | External): Field {
  const { name, element, shape } = tensor
  const entry = (key: string, value: string) => bytes(13, join([text(1, key), text(2, value)]))
  const where =
    'content' in tensor
      ? [bytes(9, tensor.content)]
      : [
          entry('location', tensor.file),
          entry('offset', String(tensor.offset)),
          entry('length', String(tensor.length)),
          integer(14, 1),
        ]
  return join([
    ...shape.map((size) => integer(1, size)),
    integer(2, ELEMENT[element]),
    text(8, name),
    ...where,
  ])
}

function encodeValue({ name, element, shape }: Value): Field {
  const dimensions = shape.map((size) =>
    bytes(1, typeof size === 'number' ? integer(1, size) : text(2, size)),
  )
  const tensor = join([integer(1, ELEMENT[element]), bytes(2, join(dimensions))])
  return join([text(1, name), bytes(2, bytes(1, tensor))])
}
