/** A field of a message: its number, its whole bytes (key and all), and what it holds. */
export interface ReadField {
  readonly field: number
  /** Key and content, as they stand in the message. */
  readonly whole: Uint8Array
  /** Bytes of a text, of raw bytes or of a message; none where the field is a number. */
  readonly content: Uint8Array
  /** An integer's value; 0 where it is none. */
  readonly integer: bigint
}

/** Bytes that follow the key, by wire type, where they have a fixed length. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 }

/**
 * The fields of a message in their order. https://protobuf.dev/programming-guides/encoding
 *
 * @throws Error where the bytes are no message
 */
export function readFields(message: Uint8Array): readonly ReadField[] {
  const fields: ReadField[] = []
  let at = 0

  function base128(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new Error('A number of the graph does not end.')
  }

  while (at < message.length) {
    const start = at
    const key = Number(base128())
    const type = key & 7
    let integer = 0n
    let length = FIXED[type] ?? 0
    if (type === 0) integer = base128()
    else if (type === 2) length = Number(base128())
    else if (FIXED[type] === undefined) throw new Error(`The graph has a field of the unknown type ${type}.`)
    if (at + length > message.length) throw new Error('The graph ends within a field.')
    const content = message.subarray(at, at + length)
    at += length
    fields.push({ field: key >> 3, whole: message.subarray(start, at), content, integer })
  }
  return fields
}

const decoder = new TextDecoder()

/** A field's content as text. */
export const textOf = ({ content }: ReadField): string => decoder.decode(content)

/** All fields with a number. */
export const fieldsOf = (fields: readonly ReadField[], wanted: number): readonly ReadField[] =>
  fields.filter(({ field }) => field === wanted)
