/**
 * Protocol buffers' wire format, as far as ONNX needs it. A message is its fields joined.
 * https://protobuf.dev/programming-guides/encoding
 */
export type Field = Uint8Array<ArrayBuffer>

const VARINT = 0
const DELIMITED = 2
const FIXED_32 = 5

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function base128(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return bytes
}

const key = (field: number, type: number) => base128((field << 3) | type)

/** An integer or an enumerator. */
export function integer(field: number, value: number | bigint): Field {
  return Uint8Array.from([...key(field, VARINT), ...base128(value)])
}

/** A 32-bit float. */
export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return join([Uint8Array.from(key(field, FIXED_32)), bytes])
}

/** Raw bytes, or a message that is a field of another. */
export function bytes(field: number, content: Uint8Array): Field {
  return join([Uint8Array.from([...key(field, DELIMITED), ...base128(content.length)]), content])
}

export function text(field: number, content: string): Field {
  return bytes(field, new TextEncoder().encode(content))
}

export function join(parts: readonly Uint8Array[]): Field {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
