import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8Decoder } from './utf8.ts'

/** Bytes near the borders of UTF-8, where broken input differs from good. */
const border = fc.constantFrom(
  ...[0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf],
  ...[0xe0, 0xe2, 0xed, 0xef, 0xbb, 0xf0, 0xf3, 0xf4, 0xf5, 0xff],
)
const bytes = fc.oneof(
  fc.array(border, { maxLength: 12 }).map((values) => Uint8Array.from(values)),
  fc.uint8Array({ maxLength: 12 }),
  fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
)

it('decodes as the platform does, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
      const decoder = utf8Decoder()
      const text = parts.map((part) => decoder.push(part)).join('') + decoder.flush()
      const whole = Uint8Array.from(parts.flatMap((part) => [...part]))
      expect(text).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole))
    }),
    { numRuns: 2000 },
  )
})

it('starts anew after a flush', () => {
  const decoder = utf8Decoder()
  expect(decoder.push(Uint8Array.of(0xe2, 0x82))).toBe('')
  expect(decoder.flush()).toBe('\uFFFD')
  expect(decoder.push(Uint8Array.of(0x41)) + decoder.flush()).toBe('A')
})
