import type { BitReader } from './bit-reader.ts'
import { demand } from '../link-damage.ts'
import { unzigzag } from '../whole-numbers.ts'

const CHUNK = 16

/** Ways in which a list of numbers was written; the place in this list is the code in the link. */
const CODES: readonly Code[] = [
  {
    parameterBits: 0,
    read(from, n) {
      const width = from.fixed(5)
      return Array.from({ length: n }, () => from.fixed(width))
    },
  },
  {
    parameterBits: 4,
    read: (from, n, k) => Array.from({ length: n }, () => from.rice(k)),
  },
  {
    parameterBits: 3,
    read: (from, n, k) => Array.from({ length: n }, () => from.expGolomb(k)),
  },
  {
    parameterBits: 3,
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
    parameterBits: 0,
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
  readonly parameterBits: number
  readonly read: (from: BitReader, n: number, parameter: number) => number[]
}

/** Reads a list of n numbers, each at most `most`; throws `LinkDamage`. */
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
