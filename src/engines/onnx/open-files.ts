import { llamaShape } from '../graph/llama-config.ts'
import type { OpenManifest } from '../graph/open-manifest.ts'
import { storedWeights } from '../graph/stored-weights.ts'
import { shardInMemory, weightsStream, type WeightsStream } from '../graph/weights-stream.ts'
import type { PromptTokenizer } from '../model/tokenize.ts'
import type { OpenModelFiles } from './open-runnable.ts'

function told(stream: WeightsStream, onRead: (bytes: number) => void): WeightsStream {
  let read = 0
  return {
    read(offset, bytes) {
      onRead((read += bytes))
      return stream.read(offset, bytes)
    },
  }
}

/**
 * A folder of manifest version 2 that was downloaded.
 *
 * @param bytes contents by the manifest's file names
 * @param onRead is told how many bytes of the weights the runtime has taken so far
 */
export function openFiles(
  manifest: OpenManifest,
  bytes: ReadonlyMap<string, Uint8Array>,
  tokenizer: PromptTokenizer,
  onRead: (bytes: number) => void,
): OpenModelFiles {
  const contentOf = (file: string): Uint8Array => {
    const content = bytes.get(file)
    if (!content) throw new Error(`The model's file ${file} was not loaded.`)
    return content
  }
  const shards = manifest.weights.map(({ file }) => shardInMemory(contentOf(file)))
  return {
    manifest,
    shape: llamaShape(JSON.parse(new TextDecoder().decode(contentOf(manifest.config.file)))),
    weights: storedWeights(manifest.tensors, told(weightsStream(shards), onRead)),
    tokenizer,
  }
}
