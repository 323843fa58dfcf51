import { checksum, CHECKSUM_BYTES } from '../checksum.ts'
import { demand } from '../link-damage.ts'

/** Checksum of what follows, its length in sevens of bits, itself. */
export function seal(body: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let left = body.length; left > 0 || length.length === 0; left >>>= 7) {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0))
  }
  const sealed = Uint8Array.from([...length, ...body])
  return Uint8Array.from([...checksum(sealed), ...sealed])
}

/** What `seal` was given; bytes behind it are left out. Throws `LinkDamage`. */
export function open(bytes: Uint8Array): Uint8Array {
  let length = 0
  let at = CHECKSUM_BYTES
  for (let place = 0; ; place += 7) {
    const byte = bytes[at++]
    demand(byte !== undefined && place <= 21, 'it ends too early')
    length |= (byte & 0x7f) << place
    if (byte < 0x80) break
  }
  demand(at + length <= bytes.length, 'it ends too early')
  const expected = checksum(bytes.subarray(CHECKSUM_BYTES, at + length))
  demand(
    expected.every((byte, i) => byte === bytes[i]),
    'its checksum is wrong',
  )
  return bytes.subarray(at, at + length)
}
