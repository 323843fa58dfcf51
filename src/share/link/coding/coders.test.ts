import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unzigzag, zigzag } from './whole-numbers.ts'
import { AdaptiveBits, AdaptiveNumbers, codePlain } from './adaptive.ts'
import { BitDecoder, BitEncoder, type BitCoder } from './bit-coder.ts'
import { squash, stretch } from './logistic.ts'
import { Primer } from './primer.ts'
import { TextCoder } from './text-coder.ts'

const MOST_BYTES = 24_000
const PRIMER = new Primer(
  'A boat lay on the shore of the lake. Nobody knew who had left it there, and a small boy asked.',
)

/** What `code` writes, and what it reads of that. */
function throughBytes<T>(values: readonly T[], start: () => (coder: BitCoder, value?: T) => T) {
  const encoder = new BitEncoder()
  const write = start()
  for (const value of values) write(encoder, value)
  const bytes = encoder.finish()
  const decoder = new BitDecoder(bytes)
  const read = start()
  return { bytes, read: values.map(() => read(decoder)) }
}

const numbers = () => {
  const adaptive = new AdaptiveNumbers()
  return (coder: BitCoder, value?: number) => adaptive.code(coder, 0, value)
}

/** Values, and the most bytes that they may take. */
const TABLE: readonly (readonly [string, readonly number[], number])[] = [
  ['nothing', [], 0],
  ['zeros', Array.from({ length: 500 }, () => 0), 2],
  ['the same number', Array.from({ length: 500 }, () => 9), 8],
  ['bytes', Array.from({ length: 128 }, (_, i) => (i * 97) % 256), 150],
  ['small, rarely large', Array.from({ length: 128 }, (_, i) => (i % 40 === 39 ? 5000 : i % 2)), 40],
  ['the largest', [0, 2 ** 31 - 1, 1], 16],
]

describe('coded by probabilities that are learnt', () => {
  it.each(TABLE)('%s come back, in few bytes', (_, values, most) => {
    const { bytes, read } = throughBytes(values, numbers)
    expect(read).toEqual(values)
    expect(bytes.length).toBeLessThanOrEqual(most)
  })

  it('any numbers come back', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(20))), (values) => {
        expect(throughBytes(values, numbers).read).toEqual(values)
      }),
      { numRuns: 300 },
    )
  })

  it('any bits of any probability come back', () => {
    const coded = fc.record({ p: fc.integer({ min: 1, max: 65_535 }), bit: fc.integer({ min: 0, max: 1 }) })
    fc.assert(
      fc.property(fc.array(coded, { maxLength: 2000 }), (all) => {
        const encoder = new BitEncoder()
        for (const { p, bit } of all) encoder.bit(p, bit)
        const decoder = new BitDecoder(encoder.finish())
        expect(all.map(({ p }) => decoder.bit(p))).toEqual(all.map(({ bit }) => bit))
      }),
      { numRuns: 300 },
    )
  })

  it('bits that are mostly the same take little, and plain ones what they are', () => {
    const flags = throughBytes(
      Array.from({ length: 800 }, (_, at) => Number(at % 100 === 99)),
      () => {
        const adaptive = new AdaptiveBits(1)
        return (coder, value?: number) => adaptive.code(coder, 0, value)
      },
    )
    expect(flags.bytes.length).toBeLessThanOrEqual(12)
    const plain = throughBytes(
      [0xffff_ffff, 0, 0x1234_5678],
      () => (coder, value?: number) => codePlain(coder, 32, value),
    )
    expect(plain.read).toEqual([0xffff_ffff, 0, 0x1234_5678])
    expect(plain.bytes.length).toBeLessThanOrEqual(13)
  })

  it('negative numbers go by zigzag', () => {
    for (const value of [0, 1, -1, 2, -2, 4096, -4096]) expect(unzigzag(zigzag(value))).toBe(value)
  })
})

describe('text', () => {
  const texts = () => {
    const text = new TextCoder(PRIMER, MOST_BYTES)
    return (coder: BitCoder, value?: Uint8Array) => text.code(coder, MOST_BYTES, value)
  }

  it('of any bytes comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (values) => {
        expect(throughBytes(values, texts).read).toEqual(values)
      }),
      { numRuns: 100 },
    )
  })

  it('in plain English takes less than half of its bytes', () => {
    const english = new TextEncoder().encode(
      'A small boat lay on the shore of the lake. Nobody knew who had left it there, and nobody asked.',
    )
    const { bytes, read } = throughBytes([english], texts)
    expect(read).toEqual([english])
    expect(bytes.length).toBeLessThan(english.length / 2)
  })
})

describe('the logistic function', () => {
  it('rises, stays within a probability, and is undone by its inverse', () => {
    for (let argument = -2100; argument < 2100; argument++) {
      expect(squash(argument + 1)).toBeGreaterThanOrEqual(squash(argument))
    }
    expect([squash(-5000), squash(0), squash(5000)]).toEqual([22, 32_768, 65_514])
    for (let p = 64; p < 65_472; p += 64) expect(Math.abs(squash(stretch(p)) - p)).toBeLessThanOrEqual(96)
  })
})
