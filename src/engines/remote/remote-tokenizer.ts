import type { Pieces } from '../../trace/pieces.ts'
import { piecesOf } from '../model/piece-table.ts'
import { sha256 } from '../fetching/sha256.ts'
import { createTokenizer } from '../model/tokenize.ts'
import type { EngineError } from '../engine-error.ts'
import { readBody } from './read-body.ts'
import type { RemoteCard } from './remote-card.ts'
import type { KnownTokenizer } from './remote-model.ts'

/** Where a tokenizer's file may be: asked one after the other. */
export interface TokenizerSource {
  /** Whose it is, for the person. */
  readonly name: string
  readonly address: string
  readonly fetch: typeof fetch
}

export interface RemoteTokenizer extends KnownTokenizer {
  readonly pieces: Pieces
}

/** Tokenizers of 150,000 words take some 10 MB. */
const LIMIT_BYTES = 64 * 2 ** 20

/**
 * The tokenizer that the card names, from the first source that has this very file. Throws an `EngineError` that
 * names both where none has: tokens of another vocabulary would be nonsense.
 */
export async function fetchTokenizer(
  { name, tokenizer: wanted, vocabulary }: Pick<RemoteCard, 'name' | 'tokenizer' | 'vocabulary'>,
  sources: readonly TokenizerSource[],
  subtle: SubtleCrypto | undefined,
  signal: AbortSignal,
): Promise<RemoteTokenizer> {
  if (subtle === undefined) {
    throw {
      kind: 'server-refused',
      message:
        'Servers can be used only where the page comes by https or from localhost: elsewhere a browser can’t check the tokenizer.',
    } satisfies EngineError
  }
  const found: string[] = []
  for (const source of sources) {
    const bytes = await fetchFile(source, signal)
    if (bytes === null) {
      found.push(`${source.name} has none`)
      continue
    }
    const hash = await sha256(bytes, subtle)
    if (hash !== wanted.sha256) {
      found.push(`${source.name} has ${hash.slice(0, 12)}`)
      continue
    }
    return read(bytes, hash, name, vocabulary.size)
  }
  throw {
    kind: 'server-refused',
    message:
      `The server's ${name} uses another tokenizer (${wanted.name}, ${wanted.sha256.slice(0, 12)}) than is at hand: ` +
      `${found.join('; ')}. Its tokens would be read wrongly. Let whoever runs the gateway name the model's own ` +
      'tokenizer.json, or update the page or the server.',
  } satisfies EngineError
}

async function fetchFile({ address, fetch }: TokenizerSource, signal: AbortSignal) {
  try {
    const response = await fetch(address, { signal, redirect: 'error', cache: 'default' })
    return response.ok ? ((await readBody(response, LIMIT_BYTES)) as Uint8Array<ArrayBuffer>) : null
  } catch (error) {
    if (signal.aborted) throw { kind: 'cancelled', message: 'The run was stopped.' } satisfies EngineError
    throw {
      kind: 'server-unreachable',
      message: 'The tokenizer of the server’s model could not be fetched. Try again when the server is back.',
      detail: `${address}: ${String(error)}`,
    } satisfies EngineError
  }
}

function read(bytes: Uint8Array, hash: string, model: string, size: number): RemoteTokenizer {
  let tokenizer: ReturnType<typeof createTokenizer>
  try {
    tokenizer = createTokenizer(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (error) {
    throw {
      kind: 'server-refused',
      message: `The tokenizer of the server's ${model} is of a kind that this page can't read.`,
      detail: String(error),
    } satisfies EngineError
  }
  const tokens = tokenizer.pieces.offsets.length - 1
  if (tokens > size) {
    throw {
      kind: 'server-refused',
      message:
        `The server's ${model} says that its vocabulary has ${size} tokens, and its tokenizer (${hash.slice(0, 12)}) ` +
        `has ${tokens}: they do not belong together.`,
    } satisfies EngineError
  }
  return { sha256: hash, encode: tokenizer.encode, pieces: piecesOf(tokenizer.pieces) }
}
