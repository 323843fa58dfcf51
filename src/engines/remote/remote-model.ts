import type { EngineError } from '../engine-error.ts'
import type { RunnableModel } from '../runnable-model.ts'
import type { OipModel } from './oip-client.ts'
import { createRemotePredictor } from './remote-predictor.ts'

/** The page's tokenizer and which file it is. */
export interface KnownTokenizer {
  readonly sha256: string
  encode(text: string): readonly number[]
}

/**
 * A model on a server as one that runs step by step. Throws an `EngineError` where the server's ids are not the
 * tokenizer's: tokens of another vocabulary would be nonsense.
 */
export function remoteModel(
  model: OipModel,
  tokenizer: KnownTokenizer,
  options: { readonly topK: number; readonly signal: AbortSignal },
): RunnableModel {
  const { card } = model
  if (card.tokenizer.sha256 !== tokenizer.sha256) {
    throw {
      kind: 'server-refused',
      message:
        `The server's ${card.name} uses another tokenizer (${card.tokenizer.name}, ${card.tokenizer.sha256.slice(0, 12)}) ` +
        `than this page (${tokenizer.sha256.slice(0, 12)}), so its tokens would be read wrongly. Update the page or the server.`,
    } satisfies EngineError
  }
  const { name, revision, parameters, precision, vocabulary, template, window, ends } = card
  return {
    card: { name, revision, parameters, precision },
    device: { backend: 'remote', label: card.device },
    vocabulary,
    ...{ window, ends },
    predictor: createRemotePredictor(model, options),
    encodePrompt: (prompt) => [...template.before, ...tokenizer.encode(prompt), ...template.after],
    encodeText: (text) => tokenizer.encode(text),
  }
}
