import type { Pieces } from '../pieces.ts'

/** Tokens 3 and 4 hold two halves of one character each; the others are a letter. */
export const spell: Pieces = (id) => {
  if (id === 3) return Uint8Array.of(0x20, 0xc3)
  if (id === 4) return Uint8Array.of(0xa9)
  return Uint8Array.of(0x61 + id)
}
