/** U+FFFD stands for bytes that are not UTF-8, one for each longest broken start of a character. */
const REPLACEMENT = '\uFFFD'

/** Decodes UTF-8 that comes in pieces, as the WHATWG Encoding Standard says; a BOM is kept. */
export interface Utf8Decoder {
  /** The characters that these bytes complete. */
  push(bytes: Uint8Array): string
  /** What an unfinished character at the end comes to; the decoder is as new afterwards. */
  flush(): string
}

/** A decoder that stands before the first byte. */
export function utf8Decoder(): Utf8Decoder {
  let needed = 0
  let codePoint = 0
  let lower = 0x80
  let upper = 0xbf

  const begin = (byte: number): string => {
    if (byte < 0x80) return String.fromCharCode(byte)
    if (byte < 0xc2 || byte > 0xf4) return REPLACEMENT
    needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    codePoint = byte & (0x3f >> needed)
    // The second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
    lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    return ''
  }
  const take = (byte: number): string => {
    if (needed === 0) return begin(byte)
    if (byte < lower || byte > upper) {
      needed = 0
      return REPLACEMENT + begin(byte)
    }
    lower = 0x80
    upper = 0xbf
    codePoint = (codePoint << 6) | (byte & 0x3f)
    needed--
    return needed === 0 ? String.fromCodePoint(codePoint) : ''
  }
  return {
    push: (bytes) => {
      let text = ''
      for (const byte of bytes) text += take(byte)
      return text
    },
    flush: () => {
      const text = needed > 0 ? REPLACEMENT : ''
      needed = 0
      return text
    },
  }
}
