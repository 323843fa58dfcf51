import { createParser } from 'eventsource-parser'
import type { EngineError } from '../../engine-error.ts'
import { readBody } from '../read-body.ts'
import { readChunk, type ChatEvent } from './chat-chunk.ts'

const LIMIT_BYTES = 32 * 2 ** 20

function broken(detail: string): EngineError {
  return {
    kind: 'server-broken',
    message: 'The service sent something that is no answer. What came so far stays.',
    detail: detail.slice(0, 300),
  }
}

/**
 * What a service says, as it comes: server-sent events cut anywhere, or one JSON answer. Ends with `[DONE]` or with
 * the stream. Throws an `EngineError`.
 */
export async function* readStream(response: Response): AsyncGenerator<ChatEvent, void, undefined> {
  if (/^application\/json/i.test(response.headers.get('content-type') ?? '')) {
    yield* parse(new TextDecoder().decode(await readBody(response, LIMIT_BYTES)))
    return
  }
  const ready: string[] = []
  const parser = createParser({ onEvent: ({ data }) => void ready.push(data), maxBufferSize: LIMIT_BYTES })
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let read = 0
  try {
    for (;;) {
      const part = await reader?.read()
      const ended = part === undefined || part.done
      read += part?.value?.length ?? 0
      if (read > LIMIT_BYTES) throw broken(`more than ${LIMIT_BYTES} bytes came`)
      // A last event may lack the blank line that ends it.
      parser.feed(ended ? `${decoder.decode()}\n\n` : decoder.decode(part.value, { stream: true }))
      for (const data of ready.splice(0)) {
        if (data === '[DONE]') return
        yield* parse(data)
      }
      if (ended) return
    }
  } finally {
    await reader?.cancel().catch(() => undefined)
  }
}

function parse(data: string): readonly ChatEvent[] {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    throw broken(data)
  }
  const events = readChunk(value)
  if (events === null) throw broken(data)
  return events
}
