import type { EngineError } from '../engine-error.ts'
import { fromHalf } from './half.ts'
import { BLOCK, type Matrix, type Rows } from './matrix.ts'
import type { TensorEntry } from './open-manifest.ts'
import type { WeightsStream } from './weights-stream.ts'

/** A model's weights by name, read when they are wanted. */
export interface StoredWeights {
  matrix(name: string): Matrix
  vector(name: string): Float32Array
}

/** The weights' stream by the manifest's table. Missing or misshapen tensors throw an `EngineError`. */
export function storedWeights(
  tensors: Readonly<Record<string, TensorEntry>>,
  stream: WeightsStream,
): StoredWeights {
  function entryOf(name: string, dimensions: number): TensorEntry {
    const entry = tensors[name]
    if (entry?.shape.length === dimensions) return entry
    throw {
      kind: 'unexpected',
      message: 'A part of the model is missing or has another shape: the model has to be exported again.',
      detail: name,
    } satisfies EngineError
  }
  return {
    vector(name) {
      const entry = entryOf(name, 1)
      return plainValues(entry, stream)
    },
    matrix(name) {
      const entry = entryOf(name, 2)
      return {
        rows: entry.shape[0]!,
        columns: entry.shape[1]!,
        fourBits: entry.form === 'int4' && entry.block === BLOCK,
        open: () => openMatrix(entry, stream),
      }
    },
  }
}

const numbers = (bytes: Uint8Array, type: 'float16' | 'float32') =>
  type === 'float16' ? fromHalf(bytes) : new Float32Array(bytes.slice().buffer)

function plainValues(entry: TensorEntry, stream: WeightsStream): Float32Array {
  if ('scales' in entry) throw new Error('A vector is stored in floats.')
  return numbers(stream.read(entry.data.offset, entry.data.bytes), entry.form)
}

function openMatrix(entry: TensorEntry, stream: WeightsStream): Rows {
  const columns = entry.shape[1]!
  if (!('scales' in entry)) {
    const all = plainValues(entry, stream)
    return { values: (row, into) => into.set(all.subarray(row * columns, (row + 1) * columns)) }
  }
  // Read first: what is read next may overwrite what was read before.
  const scales = numbers(stream.read(entry.scales.offset, entry.scales.bytes), entry.scales.type)
  const data = stream.read(entry.data.offset, entry.data.bytes)
  const { block } = entry
  const blocks = columns / block
  if (entry.form === 'int8') {
    const signed = new Int8Array(data.buffer, data.byteOffset, data.length)
    return {
      values(row, into) {
        const from = row * columns
        for (let i = 0; i < columns; i++) {
          into[i] = signed[from + i]! * scales[row * blocks + Math.floor(i / block)]!
        }
      },
    }
  }
  const width = columns / 2
  return {
    values(row, into) {
      for (let b = 0; b < blocks; b++) {
        const scale = scales[row * blocks + b]!
        const from = row * width + (b * block) / 2
        for (let i = 0; i < block / 2; i++) {
          const pair = data[from + i]!
          into[b * block + 2 * i] = ((pair & 15) - 8) * scale
          into[b * block + 2 * i + 1] = ((pair >> 4) - 8) * scale
        }
      }
    },
    codes: (row, into) => into.set(data.subarray(row * width, (row + 1) * width)),
    scales: (row, into) => into.set(scales.subarray(row * blocks, (row + 1) * blocks)),
  }
}
