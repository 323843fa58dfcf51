import type { BitReader } from './bit-reader.ts'
import { BitWriter, expGolombBits } from './bit-writer.ts'
import { demand } from './link-damage.ts'

const CHUNK = 16

/** 0 and up for 0, −1, 1, −2, 2 … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** The inverse of `zigzag`. */
export function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}

/** Bits that hold every whole number from 0 to `most`. */
export function widthOf(most: number): number {
  return 32 - Math.clz32(most)
}

/** Ways to write a list of numbers; the position in this list is the code in the link, so only append. */
const CODES: readonly Code[] = [
  {
    variants: [0],
    parameterBits: 0,
    write(out, values) {
      const width = widthOf(Math.max(...values))
      out.fixed(width, 5)
      for (const value of values) out.fixed(value, width)
    },
    read(from, n) {
      const width = from.fixed(5)
      return Array.from({ length: n }, () => from.fixed(width))
    },
  },
  {
    variants: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    parameterBits: 4,
    cost: (values, k) => values.reduce((bits, value) => bits + (value >>> k) + 1 + k, 0),
    write: (out, values, k) => values.forEach((value) => out.rice(value, k)),
    read: (from, n, k) => Array.from({ length: n }, () => from.rice(k)),
  },
  {
    variants: [0, 1, 2, 3, 4, 5, 6, 7],
    parameterBits: 3,
    cost: (values, k) => values.reduce((bits, value) => bits + expGolombBits(value, k), 0),
    write: (out, values, k) => values.forEach((value) => out.expGolomb(value, k)),
    read: (from, n, k) => Array.from({ length: n }, () => from.expGolomb(k)),
  },
  {
    variants: [0, 2, 4],
    parameterBits: 3,
    write(out, values, k) {
      for (let at = 0; at < values.length;) {
        let end = at + 1
        while (end < values.length && values[end] === values[at]) end++
        out.expGolomb(values[at]!, k)
        out.expGolomb(end - at - 1, 2)
        at = end
      }
    },
    read(from, n, k) {
      const values: number[] = []
      while (values.length < n) {
        const value = from.expGolomb(k)
        const run = from.expGolomb(2) + 1
        demand(run <= n - values.length, 'a run is too long')
        for (let i = 0; i < run; i++) values.push(value)
      }
      return values
    },
  },
  {
    variants: [0],
    parameterBits: 0,
    write(out, values) {
      let before = 0
      for (let at = 0; at < values.length; at += CHUNK) {
        const chunk = values.slice(at, at + CHUNK)
        const least = Math.min(...chunk)
        const width = widthOf(Math.max(...chunk) - least)
        out.expGolomb(zigzag(least - before), 3)
        out.fixed(width, 5)
        for (const value of chunk) out.fixed(value - least, width)
        before = least
      }
    },
    read(from, n) {
      const values: number[] = []
      let least = 0
      while (values.length < n) {
        least += unzigzag(from.expGolomb(3))
        demand(least >= 0, 'a number is negative')
        const width = from.fixed(5)
        for (let i = Math.min(CHUNK, n - values.length); i > 0; i--) values.push(least + from.fixed(width))
      }
      return values
    },
  },
]

interface Code {
  readonly variants: readonly number[]
  readonly parameterBits: number
  /** Bits without writing, where that is quick to say. */
  readonly cost?: (values: readonly number[], parameter: number) => number
  readonly write: (out: BitWriter, values: readonly number[], parameter: number) => void
  readonly read: (from: BitReader, n: number, parameter: number) => number[]
}

function bitsOf(code: Code, values: readonly number[], parameter: number): number {
  if (code.cost) return code.cost(values, parameter) + code.parameterBits
  const draft = new BitWriter()
  code.write(draft, values, parameter)
  return draft.bits + code.parameterBits
}

/** Writes a list of whole numbers, 0 to 2³⁰, in the shortest of the codes; its length is not written. */
export function writeColumn(out: BitWriter, values: readonly number[]): void {
  if (values.length === 0) return
  const base = Math.min(...values)
  const rest = values.map((value) => value - base)
  let best = { code: 0, parameter: 0, bits: Infinity }
  CODES.forEach((code, index) => {
    for (const parameter of code.variants) {
      const bits = bitsOf(code, rest, parameter)
      if (bits < best.bits) best = { code: index, parameter, bits }
    }
  })
  const code = CODES[best.code]!
  out.fixed(best.code, 3)
  out.fixed(best.parameter, code.parameterBits)
  out.expGolomb(base, 1)
  code.write(out, rest, best.parameter)
}

/** Reads n numbers that `writeColumn` wrote, each at most `most`; throws `LinkDamage`. */
export function readColumn(from: BitReader, n: number, most: number): number[] {
  if (n === 0) return []
  const code = CODES[from.fixed(3)]
  demand(code !== undefined, 'a column has no known code')
  const parameter = from.fixed(code.parameterBits)
  const base = from.expGolomb(1)
  return code.read(from, n, parameter).map((value) => {
    demand(value + base <= most, 'a number is out of range')
    return value + base
  })
}
