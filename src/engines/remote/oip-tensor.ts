/**
 * Tensors of the Open Inference Protocol (KServe v2): in JSON, and in the binary form of Triton's extension
 * (raw little-endian values behind the JSON). https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */

export type TensorData = BigInt64Array | Int32Array | Float32Array | Uint8Array

/** A tensor of one of the types that a denoising step takes and gives. */
export interface Tensor {
  readonly name: string
  readonly datatype: Datatype
  readonly shape: readonly number[]
  /** Row by row; booleans are bytes 0 and 1. */
  readonly data: TensorData
}

interface Codec {
  readonly bytes: number
  /** Copies: the bytes need not be aligned. */
  readonly fromBytes: (bytes: Uint8Array<ArrayBuffer>) => TensorData
  /** Null where a value is not of this type. */
  readonly fromJson: (values: readonly unknown[]) => TensorData | null
  readonly toJson: (data: TensorData) => JsonValue[]
}

/** JSON has no word for a number that is not finite. */
type JsonValue = number | boolean | 'NaN' | 'Infinity' | '-Infinity'

const numbers = (data: TensorData) => Array.from(data as ArrayLike<number | bigint>, Number)

const isWhole = (value: unknown, limit: number): value is number =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= limit

/** A float as servers write it: those that can't say NaN write null. Null where it is none. */
function floatOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (value === null || value === 'NaN') return NaN
  return value === 'Infinity' || value === '-Infinity' ? Number(value) : null
}

/** Every processor that runs this has little-endian typed arrays, as the wire has. */
const CODECS = {
  INT64: {
    bytes: 8,
    fromBytes: (bytes) => new BigInt64Array(bytes.slice().buffer),
    fromJson: (values) =>
      values.every((value) => isWhole(value, Number.MAX_SAFE_INTEGER))
        ? BigInt64Array.from(values, BigInt)
        : null,
    toJson: numbers,
  },
  INT32: {
    bytes: 4,
    fromBytes: (bytes) => new Int32Array(bytes.slice().buffer),
    fromJson: (values) =>
      values.every((value) => isWhole(value, 2 ** 31 - 1)) ? Int32Array.from(values) : null,
    toJson: numbers,
  },
  FP32: {
    bytes: 4,
    fromBytes: (bytes) => new Float32Array(bytes.slice().buffer),
    fromJson: (values) => {
      const floats = values.map(floatOf)
      return floats.every((value) => value !== null) ? Float32Array.from(floats) : null
    },
    // JSON has no infinity and no NaN: the words that Python's reader takes stand in texts.
    toJson: (data) =>
      numbers(data).map((value) => (Number.isFinite(value) ? value : (String(value) as 'NaN'))),
  },
  BOOL: {
    bytes: 1,
    fromBytes: (bytes) => bytes.slice(),
    fromJson: (values) =>
      values.every((value) => typeof value === 'boolean' || value === 0 || value === 1)
        ? Uint8Array.from(values, Number)
        : null,
    toJson: (data) => Array.from(data as Uint8Array, (value) => value !== 0),
  },
} as const satisfies Record<string, Codec>

export type Datatype = keyof typeof CODECS

const codecOf = (datatype: Datatype): Codec => CODECS[datatype]

export function isDatatype(text: string): text is Datatype {
  return Object.hasOwn(CODECS, text)
}

/** How many values a shape holds; NaN where it is no shape. */
function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, side) => (Number.isSafeInteger(side) && side >= 0 ? size * side : NaN), 1)
}

/** Bytes of a tensor in the binary form. */
export function byteSize(datatype: Datatype, shape: readonly number[]): number {
  return sizeOf(shape) * codecOf(datatype).bytes
}

export function toBytes({ data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Values of a tensor as JSON writes them, flat. */
export function toJson({ datatype, data }: Tensor): JsonValue[] {
  return codecOf(datatype).toJson(data)
}

/** Reads a tensor's bytes; a sentence where they don't fit its shape. */
export function fromBytes(head: Omit<Tensor, 'data'>, bytes: Uint8Array<ArrayBuffer>): Tensor | string {
  const expected = byteSize(head.datatype, head.shape)
  if (bytes.length !== expected) {
    return `${head.name} has ${bytes.length} bytes, and its shape [${head.shape.join(', ')}] takes ${expected}`
  }
  return { ...head, data: codecOf(head.datatype).fromBytes(bytes) }
}

/** Reads a tensor's values from JSON, flat or nested; a sentence where they don't fit. */
export function fromJson(head: Omit<Tensor, 'data'>, values: readonly unknown[]): Tensor | string {
  const flat = values.flat(head.shape.length)
  const expected = sizeOf(head.shape)
  if (flat.length !== expected) {
    return `${head.name} has ${flat.length} values, and its shape [${head.shape.join(', ')}] takes ${expected}`
  }
  const data = codecOf(head.datatype).fromJson(flat)
  return data === null ? `${head.name} holds a value that is no ${head.datatype}` : { ...head, data }
}
