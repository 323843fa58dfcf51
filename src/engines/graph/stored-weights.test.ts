import { describe, expect, it } from 'vitest'
import { stacked, withColumns, withRows, type Matrix } from './matrix.ts'
import type { TensorEntry } from './open-manifest.ts'
import { roundedColumns } from './rounded.ts'
import { storedWeights } from './stored-weights.ts'
import { shardInMemory, weightsStream } from './weights-stream.ts'

/** Two rows of 64: codes that rise by one, scales 1, -0.5, 0.25, 2 in 16 bits. */
const CODES = Uint8Array.from({ length: 64 }, (_, i) => ((2 * i) % 16) | (((2 * i + 1) % 16) << 4))
const SCALES = new Uint8Array(Uint16Array.of(0x3c00, 0xb800, 0x3400, 0x4000).buffer)
const PLAIN = new Uint8Array(Float32Array.of(1, 2, 3).buffer)
const STREAM = Uint8Array.from([...CODES, ...SCALES, ...PLAIN])

const TENSORS: Record<string, TensorEntry> = {
  four: {
    form: 'int4',
    shape: [2, 64],
    block: 32,
    data: { offset: 0, bytes: 64 },
    scales: { offset: 64, bytes: 8, type: 'float16' },
  },
  plain: { form: 'float32', shape: [3], data: { offset: 72, bytes: 12 } },
}

/** The stream cut into files of so many bytes. */
function weightsIn(cut: number) {
  const shards = Array.from({ length: Math.ceil(STREAM.length / cut) }, (_, i) =>
    shardInMemory(STREAM.subarray(i * cut, (i + 1) * cut)),
  )
  return storedWeights(TENSORS, weightsStream(shards))
}

function valuesOf(matrix: Matrix): number[][] {
  const rows = matrix.open()
  return Array.from({ length: matrix.rows }, (_, row) => {
    const into = new Float32Array(matrix.columns)
    rows.values(row, into)
    return Array.from(into)
  })
}

const EXPECTED = [
  [1, -0.5],
  [0.25, 2],
].map((scales) => Array.from({ length: 64 }, (_, i) => ((i % 16) - 8) * scales[Math.floor(i / 32)]!))

describe.each([1000, 50, 7])('weights in files of %i bytes', (cut) => {
  it('are put together across the cuts', () => {
    const weights = weightsIn(cut)
    expect(valuesOf(weights.matrix('four'))).toEqual(EXPECTED)
    expect(Array.from(weights.vector('plain'))).toEqual([1, 2, 3])
  })
})

it('moves codes as it moves values', () => {
  const four = weightsIn(1000).matrix('four')
  const moved = withColumns(withRows(stacked([four, four]), [3, 0]), 32, [1, 0])
  const swapped = (row: number[]) => [...row.slice(32), ...row.slice(0, 32)]
  const columns = withColumns({ ...four }, 32, [1, 0])
  expect(valuesOf(columns)).toEqual(EXPECTED.map(swapped))
  const rows = moved.open()
  const codes = new Uint8Array(32)
  const scales = new Float32Array(2)
  rows.codes!(0, codes)
  rows.scales!(0, scales)
  expect(Array.from(codes)).toEqual([...CODES.subarray(48, 64), ...CODES.subarray(32, 48)])
  expect(Array.from(scales)).toEqual([2, 0.25])
})

it('rounds four bits to eight as it rounds their values', () => {
  const four = weightsIn(1000).matrix('four')
  const { codes, steps } = roundedColumns(four)
  expect(roundedColumns({ ...four, fourBits: false })).toEqual({ codes, steps })
  expect(steps[0]).toBeCloseTo(8 / 127)
  expect(codes[0]).toBe(-127)
})

it('says that something is missing', () => {
  const weights = storedWeights(TENSORS, weightsStream([shardInMemory(STREAM.subarray(0, 70))]))
  expect(() => weights.matrix('four').open()).toThrow(/weights end/)
  expect(() => weights.matrix('five')).toThrow(expect.objectContaining({ detail: 'five' }))
  expect(() => weights.vector('four')).toThrow(expect.objectContaining({ detail: 'four' }))
})
