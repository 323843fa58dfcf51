import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { JSON_LENGTH_HEADER, readRequest, writeAnswer } from '../oip-message.ts'
import { CARD_PARAMETER, type RemoteCard } from '../remote-card.ts'
import { sha256 } from '../../fetching/sha256.ts'
import { serve } from './serve.ts'

/** A real tokenizer's file. */
const TOKENIZER = new Uint8Array(
  readFileSync(new URL('../../../../e2e/models/tiny/tokenizer.json', import.meta.url)),
)
const SIZE = (JSON.parse(new TextDecoder().decode(TOKENIZER)) as { model: { vocab: object } }).model.vocab

export const CARD: RemoteCard = {
  version: 1,
  name: 'Played',
  revision: 'abc',
  parameters: 7,
  precision: 'none',
  device: 'a pencil',
  vocabulary: { size: Object.keys(SIZE).length + 64, mask: 1, end: 2, pad: 0, suppressed: [0, 1] },
  template: { before: [5], after: [6] },
  tokenizer: { name: 'tokenizer.json', sha256: await sha256(TOKENIZER, crypto.subtle) },
  window: 64,
  buckets: [16, 32, 64],
  topK: 4,
  decoders: ['diffusion'],
  ends: 'sure',
  tolerance: 2e-3,
}

export interface OipPlay {
  readonly card?: Partial<RemoteCard>
  /** Answers instead of the server, by a status and perhaps a complaint; null lets it answer. */
  readonly instead?: (path: string) => {
    readonly status: number
    readonly error?: string
    readonly headers?: Readonly<Record<string, string>>
  } | null
  /** Log-probability of every second candidate; one in twenty if left out. */
  readonly second?: number
  /** Whether the gateway's own tokenizer file is there. */
  readonly hasTokenizer?: boolean
}

export interface PlayedServer {
  /** The gateway's address, ending in a slash. */
  readonly base: string
  /** Paths of the requests so far. */
  readonly asked: string[]
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return new Uint8Array(Buffer.concat(parts))
}

/** The token at an absolute position is known, and the surer the further left. */
function step(body: Uint8Array, length: string | undefined, second: number) {
  const { inputs } = readRequest({ body, jsonLength: length === undefined ? null : Number(length) })
  const count = inputs[0]!.shape[1]!
  const k = 2
  const ids = Int32Array.from({ length: count * k }, (_, at) => 10 + ((Math.floor(at / k) * 7 + at) % 40))
  const logProbs = Float32Array.from({ length: count * k }, (_, at) =>
    at % k === 0 ? Math.log(0.9 - 0.005 * (at / k)) : second,
  )
  const entropy = new Float32Array(count).fill(0.5)
  return writeAnswer(
    {
      model: 'played',
      outputs: [
        { name: 'topk_ids', datatype: 'INT32', shape: [1, count, k], data: ids },
        { name: 'topk_logprobs', datatype: 'FP32', shape: [1, count, k], data: logProbs },
        { name: 'entropy', datatype: 'FP32', shape: [1, count], data: entropy },
      ],
    },
    'binary',
  )
}

/** A real server that speaks the Open Inference Protocol behind a gateway's paths, with a model whose answers are known. */
export async function playOip({
  card = {},
  instead,
  hasTokenizer = false,
  second = Math.log(0.05),
}: OipPlay = {}): Promise<PlayedServer> {
  const asked: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    asked.push(path)
    const body = await bodyOf(request)
    const other = instead?.(path) ?? null
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (other !== null) {
      for (const [name, value] of Object.entries(other.headers ?? {})) response.setHeader(name, value)
      return json({ error: other.error ?? 'not now' }, other.status)
    }
    if (path === '/home/tokenizer.json' || (hasTokenizer && path.endsWith('/tokenizer.json'))) {
      return response.end(path.startsWith('/home') && hasTokenizer ? '{}' : TOKENIZER)
    }
    if (path.endsWith('/config')) {
      const text = JSON.stringify({ ...CARD, ...card })
      return json({ parameters: { [CARD_PARAMETER]: { string_value: text } } })
    }
    if (path.endsWith('/infer')) {
      const { body: content, jsonLength } = step(
        body,
        request.headers[JSON_LENGTH_HEADER] as string | undefined,
        second,
      )
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        [JSON_LENGTH_HEADER]: String(jsonLength),
        'server-timing': 'queue;dur=0.25, compute;dur=0.5',
      })
      return response.end(content)
    }
    if (path.endsWith('/v2')) return json({ extensions: ['binary_tensor_data'] })
    return path.endsWith('/ready') ? json({}) : json({ error: 'nothing is here' }, 404)
  }
  const { url, close } = await serve((request, response) => void answer(request, response))
  return { base: `${url}/`, asked, close }
}
