/** Bytes of the checksum. */
export const CHECKSUM_BYTES = 3

/** FNV-1a folded to 24 bits: a link that lost or changed a letter is told from a whole one. */
export function checksum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  const folded = (hash >>> 24) ^ (hash & 0xffffff)
  return Uint8Array.of(folded >>> 16, (folded >>> 8) & 0xff, folded & 0xff)
}
