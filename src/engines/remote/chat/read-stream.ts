import { createParser } from 'eventsource-parser'
import type { EngineError } from '../../engine-error.ts'
import { readChunk, type ChatEvent } from './chat-chunk.ts'

const LIMIT_BYTES = 32 * 2 ** 20

/** The data of the event that ends a stream, and the reason that is told of it. */
export const DONE = '[DONE]'

function broken(detail: string): EngineError {
  return {
    kind: 'server-broken',
    message: 'The service sent something that is no answer. What came so far stays.',
    detail: detail.slice(0, 300),
  }
}

/**
 * What a service says, as it comes: server-sent events cut anywhere, or JSON. Which of them it is, the first
 * character tells and not the type, which gateways get wrong. Ends with `[DONE]` or with the stream. Throws an
 * `EngineError`.
 */
export async function* readStream(response: Response): AsyncGenerator<ChatEvent, void, undefined> {
  const parts = textOf(response)
  const [first, rest] = await firstText(parts)
  yield* /^[{[]/.test(first.trimStart()) ? readJson(first, rest) : readEvents(first, rest)
}

/** The body as text, part by part; frees the connection when it is abandoned. */
async function* textOf(response: Response): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let read = 0
  try {
    for (;;) {
      const part = await reader?.read()
      if (part === undefined || part.done) break
      read += part.value.length
      if (read > LIMIT_BYTES) throw broken(`more than ${LIMIT_BYTES} bytes came`)
      yield decoder.decode(part.value, { stream: true })
    }
    yield decoder.decode()
  } finally {
    await reader?.cancel().catch(() => undefined)
  }
}

type Parts = AsyncGenerator<string, void, undefined>

/** The text up to the first character that is no blank, with the part that holds it, and what follows. */
async function firstText(parts: Parts): Promise<readonly [string, Parts]> {
  let first = ''
  for (;;) {
    const { done, value } = await parts.next()
    if (done === true) return [first, parts]
    first += value
    if (value.trim() !== '') return [first, parts]
  }
}

async function* readEvents(first: string, rest: Parts): AsyncGenerator<ChatEvent, void, undefined> {
  const ready: { readonly data: string; readonly isError: boolean }[] = []
  const parser = createParser({
    onEvent: ({ data, event }) => void ready.push({ data, isError: event === 'error' }),
    maxBufferSize: LIMIT_BYTES,
  })
  const take = function* (text: string): Generator<ChatEvent, boolean, undefined> {
    parser.feed(text)
    for (const { data, isError } of ready.splice(0)) {
      if (data.trim() === DONE) {
        yield { kind: 'end', reason: DONE }
        return true
      }
      yield* parse(data, isError)
    }
    return false
  }
  try {
    if (yield* take(first)) return
    for await (const text of rest) if (yield* take(text)) return
    // A last event may lack the blank line that ends it.
    yield* take('\n\n')
  } finally {
    await rest.return()
  }
}

/** One answer as JSON, or one chunk a line. */
async function* readJson(first: string, rest: Parts): AsyncGenerator<ChatEvent, void, undefined> {
  let text = first
  for await (const part of rest) text += part
  const whole = parsed(text)
  if (whole !== undefined) {
    yield* eventsOf(whole, text, false)
    // JSON that is whole has come whole, whether or not it says why it ended.
    yield { kind: 'end', reason: DONE }
    return
  }
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === DONE) yield { kind: 'end', reason: DONE }
    else if (line !== '') yield* parse(line, false)
  }
}

function parse(data: string, isError: boolean): readonly ChatEvent[] {
  const value = parsed(data)
  if (value !== undefined) return eventsOf(value, data, isError)
  if (isError) return [{ kind: 'error', message: data }]
  throw broken(data)
}

function eventsOf(value: unknown, data: string, isError: boolean): readonly ChatEvent[] {
  const events = readChunk(value, isError)
  if (events === null) throw broken(data)
  return events
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
