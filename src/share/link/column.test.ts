import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitReader } from './bit-reader.ts'
import { BitWriter } from './bit-writer.ts'
import { readColumn, unzigzag, writeColumn, zigzag } from './column.ts'

const MOST = 2 ** 30

function bytesOf(values: readonly number[]): Uint8Array {
  const out = new BitWriter()
  writeColumn(out, values)
  return out.toBytes()
}

/** Values, and the most bytes that they may take. */
const TABLE: readonly (readonly [string, readonly number[], number])[] = [
  ['nothing', [], 0],
  ['one number', [7], 3],
  ['the same number', Array.from({ length: 500 }, () => 9), 3],
  ['bits', Array.from({ length: 128 }, (_, i) => (i * 7) % 2), 19],
  ['bytes', Array.from({ length: 128 }, (_, i) => (i * 97) % 256), 130],
  ['small, rarely large', Array.from({ length: 128 }, (_, i) => (i % 40 === 39 ? 5000 : i % 2)), 60],
  ['long runs', Array.from({ length: 128 }, (_, i) => Math.floor(i / 32) * 32), 10],
  ['levels', Array.from({ length: 128 }, (_, i) => Math.floor(i / 16) * 100 + ((i * 5) % 4)), 60],
  ['the largest', [0, MOST, 1], 30],
]

describe('a column', () => {
  it.each(TABLE)('of %s comes back, in few bytes', (_, values, most) => {
    const bytes = bytesOf(values)
    expect(readColumn(new BitReader(bytes), values.length, MOST)).toEqual(values)
    expect(bytes.length).toBeLessThanOrEqual(most)
  })

  it('of anything comes back', () => {
    const lists = fc.oneof(
      fc.array(fc.nat(MOST)),
      fc.array(fc.nat(20), { maxLength: 200 }),
      fc.array(fc.constantFrom(0, 1, 250), { maxLength: 100 }),
    )
    fc.assert(
      fc.property(lists, (values) => {
        expect(readColumn(new BitReader(bytesOf(values)), values.length, MOST)).toEqual(values)
      }),
      { numRuns: 300 },
    )
  })

  it('that is cut off or out of range is damage', () => {
    const bytes = bytesOf([1, 200, 3, 90])
    expect(() => readColumn(new BitReader(bytes.subarray(0, 2)), 4, MOST)).toThrow('ends too early')
    expect(() => readColumn(new BitReader(bytes), 4, 199)).toThrow('out of range')
  })

  it('takes negative numbers by zigzag', () => {
    for (const value of [0, 1, -1, 2, -2, 4096, -4096]) expect(unzigzag(zigzag(value))).toBe(value)
  })
})
