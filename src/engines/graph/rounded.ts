import { BLOCK, type Matrix, type Rows } from './matrix.ts'

/** A matrix for the integer product: signed bytes `[columns, rows]`, and a step `[rows]` for each of its rows. */
export interface Rounded {
  readonly codes: Int8Array
  readonly steps: Float32Array
}

/** Rows that are turned round at once: their bytes fit the processor's nearest cache. */
const TILE = 64

/** Rounds every row of a matrix to 8 bits, so that its largest number becomes 127, and transposes it. */
export function roundedColumns(matrix: Matrix): Rounded {
  const { rows, columns } = matrix
  const opened = matrix.open()
  const round = matrix.fourBits ? fromFourBits(opened, columns) : fromValues(opened, columns)
  const codes = new Int8Array(columns * rows)
  const steps = new Float32Array(rows)
  const tile = new Int8Array(TILE * columns)
  for (let first = 0; first < rows; first += TILE) {
    const count = Math.min(TILE, rows - first)
    for (let i = 0; i < count; i++) {
      steps[first + i] = round(first + i, tile.subarray(i * columns, (i + 1) * columns))
    }
    for (let column = 0; column < columns; column++) {
      const start = column * rows + first
      for (let i = 0; i < count; i++) codes[start + i] = tile[i * columns + column]!
    }
  }
  return { codes, steps }
}

/** Writes a row's codes and returns its step. */
type RoundRow = (row: number, into: Int8Array) => number

function fromValues(rows: Rows, columns: number): RoundRow {
  const values = new Float32Array(columns)
  return (row, into) => {
    rows.values(row, values)
    let largest = 0
    for (let i = 0; i < columns; i++) largest = Math.max(largest, Math.abs(values[i]!))
    const step = largest / 127 || 1
    for (let i = 0; i < columns; i++) into[i] = Math.round(values[i]! / step)
    return step
  }
}

/** The largest distance from 8 of a byte's two codes. */
const REACH = Uint8Array.from({ length: 256 }, (_, pair) =>
  Math.max(Math.abs((pair & 15) - 8), Math.abs((pair >> 4) - 8)),
)

/** The same out of codes and scales of blocks: most of a large model's rows are made in their way. */
function fromFourBits(rows: Rows, columns: number): RoundRow {
  const pairs = new Uint8Array(columns / 2)
  const scales = new Float32Array(columns / BLOCK)
  const half = BLOCK / 2
  return (row, into) => {
    rows.codes!(row, pairs)
    rows.scales!(row, scales)
    let largest = 0
    for (let block = 0; block < scales.length; block++) {
      let reach = 0
      for (let i = block * half; i < (block + 1) * half; i++) reach = Math.max(reach, REACH[pairs[i]!]!)
      largest = Math.max(largest, reach * Math.abs(scales[block]!))
    }
    const step = largest / 127 || 1
    for (let block = 0; block < scales.length; block++) {
      const ratio = scales[block]! / step
      for (let i = block * half; i < (block + 1) * half; i++) {
        const pair = pairs[i]!
        // Rounds what is above -200: cheaper than Math.round, and there are a hundred million of them.
        into[2 * i] = ((((pair & 15) - 8) * ratio + 200.5) | 0) - 200
        into[2 * i + 1] = ((((pair >> 4) - 8) * ratio + 200.5) | 0) - 200
      }
    }
    return step
  }
}
