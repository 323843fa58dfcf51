import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { llamaShape, type LlamaShape } from '../graph/llama-config.ts'
import { parseOpenManifest, type OpenManifest } from '../graph/open-manifest.ts'
import { storedWeights, type StoredWeights } from '../graph/stored-weights.ts'
import { weightsStream, type Shard } from '../graph/weights-stream.ts'

/** A model's folder, with weights that are read from the disk when they are asked for. */
export interface OpenFolder {
  readonly manifest: OpenManifest
  readonly shape: LlamaShape
  readonly weights: StoredWeights
}

function shardOnDisk(path: string, bytes: number): Shard {
  return {
    bytes,
    read(offset, length) {
      const file = openSync(path, 'r')
      try {
        const content = new Uint8Array(length)
        readSync(file, content, 0, length, offset)
        return content
      } finally {
        closeSync(file)
      }
    },
  }
}

/** Reads what a model's folder says of it. Throws an `EngineError` where that can't be run. */
export function readOpenFolder(folder: string): OpenFolder {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const manifest = parseOpenManifest(json('manifest.json'))
  const shards = manifest.weights.map(({ file, bytes }) => shardOnDisk(join(folder, file), bytes))
  return {
    manifest,
    shape: llamaShape(json(manifest.config.file)),
    weights: storedWeights(manifest.tensors, weightsStream(shards)),
  }
}
