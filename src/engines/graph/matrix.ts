/** A matrix's rows, while they are in memory. */
export interface Rows {
  /** Writes the values of a row. */
  values(row: number, into: Float32Array): void
  /** Of a matrix stored in 4 bits: the row's codes, two a byte, low nibble first. */
  codes?(row: number, into: Uint8Array): void
  /** Of a matrix stored in 4 bits: the scales of the row's blocks. */
  scales?(row: number, into: Float32Array): void
}

/** Columns that share a scale in 4 bits: `MatMulNBits`' block. */
export const BLOCK = 32

/** A matrix `[rows, columns]` of weights, wherever they are; a product with it is x · Wᵀ. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  /** Whether its rows have codes and scales of blocks of 32. */
  readonly fourBits: boolean
  /** Brings it into memory; what is opened is dropped when nobody holds it. */
  open(): Rows
}

/** Matrices one below the other: one product where there were several. */
export function stacked(parts: readonly Matrix[]): Matrix {
  const first = parts[0]!
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    columns: first.columns,
    fourBits: parts.every(({ fourBits }) => fourBits),
    open() {
      const opened = parts.map((part) => ({ rows: part.rows, content: part.open() }))
      const at = <T>(row: number, read: (content: Rows, row: number) => T): T => {
        let rest = row
        for (const { rows, content } of opened) {
          if (rest < rows) return read(content, rest)
          rest -= rows
        }
        throw new Error(`The matrix has no row ${row}.`)
      }
      return {
        values: (row, into) => at(row, (content, own) => content.values(own, into)),
        codes: (row, into) => at(row, (content, own) => content.codes!(own, into)),
        scales: (row, into) => at(row, (content, own) => content.scales!(own, into)),
      }
    },
  }
}

/** Rows in another order: row n of the result is row `order[n]` of the matrix. */
export function withRows(matrix: Matrix, order: readonly number[]): Matrix {
  return {
    ...matrix,
    open() {
      const rows = matrix.open()
      return {
        values: (row, into) => rows.values(order[row]!, into),
        codes: (row, into) => rows.codes!(order[row]!, into),
        scales: (row, into) => rows.scales!(order[row]!, into),
      }
    },
  }
}

/**
 * Columns in another order, moved in runs of so many: run n of the result is run `order[n]` of the matrix.
 *
 * @param run a multiple of 32 where the matrix has four bits
 */
export function withColumns(matrix: Matrix, run: number, order: readonly number[]): Matrix {
  const move = <T extends Float32Array | Uint8Array>(from: T, into: T, size: number) =>
    order.forEach((source, target) =>
      into.set(from.subarray(source * size, (source + 1) * size), target * size),
    )
  const { columns, fourBits } = matrix
  return {
    ...matrix,
    fourBits: fourBits && run % BLOCK === 0,
    open() {
      const rows = matrix.open()
      const values = new Float32Array(columns)
      const codes = new Uint8Array(columns / 2)
      const scales = new Float32Array(columns / BLOCK)
      return {
        values(row, into) {
          rows.values(row, values)
          move(values, into, run)
        },
        codes(row, into) {
          rows.codes!(row, codes)
          move(codes, into, run / 2)
        },
        scales(row, into) {
          rows.scales!(row, scales)
          move(scales, into, run / BLOCK)
        },
      }
    },
  }
}
