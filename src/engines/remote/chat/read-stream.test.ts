import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendStream, delta, frameStream, LATE_ERROR, ODD, replaceStream, sse } from '../testing/streams.ts'
import type { ChatEvent } from './chat-chunk.ts'
import { readerOf } from './dialects.ts'
import { readStream } from './read-stream.ts'

const utf8 = new TextEncoder()

/** A response whose body comes in these parts. */
function responseOf(parts: readonly Uint8Array[], type = 'text/event-stream'): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) if (part.length > 0) controller.enqueue(part)
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': type } })
}

async function eventsOf(response: Response): Promise<ChatEvent[]> {
  const events: ChatEvent[] = []
  for await (const event of readStream(response)) events.push(event)
  return events
}

/** The text after every event, as a dialect reads it. */
function texts(dialect: 'append' | 'replace' | 'frame', events: readonly ChatEvent[]): string[] {
  const read = readerOf(dialect)
  return events.flatMap((event) => {
    const standing = read(event)
    return standing === null ? [] : [standing.pieces.join('')]
  })
}

const WORDS = ['Grüße', ', 世界', '! 👩🏽‍🚀', '\n\n  – so', ' “it” goes']
const DRAFTS = ['xq 世 ø', 'Grü q 世界 👩', 'Grüße, 世界! 👩🏽‍🚀']
const BLOCKS = [
  { drafts: ['▁▁ 世▁', 'Hi 世界'], text: 'Hi 世界, ' },
  { drafts: ['wh▁', 'what 👋'], text: 'what 👋🏽?' },
]
const STREAMS = {
  append: { stream: appendStream(WORDS), last: WORDS.join('') },
  replace: { stream: replaceStream(DRAFTS), last: DRAFTS.at(-1) },
  frame: { stream: frameStream(BLOCKS), last: 'Hi 世界, what 👋🏽?' },
} as const

describe.each(Object.entries(STREAMS))('the dialect %s', (name, { stream, last }) => {
  const dialect = name as keyof typeof STREAMS
  const whole = utf8.encode(stream.join(''))

  it('is read alike wherever it is cut in two', async () => {
    const expected = await eventsOf(responseOf([whole]))
    expect(texts(dialect, expected).at(-1)).toBe(last)
    for (let cut = 0; cut <= whole.length; cut++) {
      const events = await eventsOf(responseOf([whole.subarray(0, cut), whole.subarray(cut)]))
      expect(events).toEqual(expected)
    }
  })

  it('is read alike byte by byte, in any parts, and with other line ends', async () => {
    const expected = await eventsOf(responseOf([whole]))
    expect(await eventsOf(responseOf(Array.from(whole, (byte) => Uint8Array.of(byte))))).toEqual(expected)
    const windows = utf8.encode(stream.join('').replaceAll('\n', '\r\n'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(whole.length), { maxLength: 12 }),
        fc.boolean(),
        async (places, isWindows) => {
          const bytes = isWindows ? windows : whole
          const cuts = [0, ...places.toSorted((a, b) => a - b), bytes.length]
          const parts = cuts.slice(1).map((cut, at) => bytes.subarray(cuts[at], cut))
          expect(await eventsOf(responseOf(parts))).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('may end without [DONE], and without a last blank line', async () => {
    const expected = (await eventsOf(responseOf([whole]))).slice(0, -1)
    const open = stream.slice(0, -1).join('')
    expect(await eventsOf(responseOf([utf8.encode(open)]))).toEqual(expected)
    expect(await eventsOf(responseOf([utf8.encode(open.trimEnd())]))).toEqual(expected)
  })

  it('says that an error came after a 200, and keeps what came before', async () => {
    const events = await eventsOf(responseOf([utf8.encode(stream.slice(0, 4).join('') + LATE_ERROR)]))
    expect(events.at(-1)).toEqual({ kind: 'error', message: 'the worker ran out of memory' })
    expect(events.length).toBeGreaterThan(1)
  })
})

it('reads what the three dialects mean', async () => {
  const append = texts('append', await eventsOf(responseOf([utf8.encode(STREAMS.append.stream.join(''))])))
  expect(append).toEqual(WORDS.map((_, at) => WORDS.slice(0, at + 1).join('')))
  const replace = texts('replace', await eventsOf(responseOf([utf8.encode(STREAMS.replace.stream.join(''))])))
  expect(replace).toEqual(DRAFTS)
  const frame = texts('frame', await eventsOf(responseOf([utf8.encode(STREAMS.frame.stream.join(''))])))
  expect(frame).toEqual([
    '▁▁ 世▁',
    'Hi 世界',
    'Hi 世界, ',
    'Hi 世界, wh▁',
    'Hi 世界, what 👋',
    'Hi 世界, what 👋🏽?',
  ])
})

it('passes over roles, usage, empty deltas, comments and chunks without choices', async () => {
  const quiet = [sse({}), sse({ choices: null, usage: null }), ': ping\n', sse(delta(null)), sse(delta(''))]
  expect(await eventsOf(responseOf([utf8.encode(quiet.join(''))]))).toEqual([])
})

it('takes one JSON answer where a server does not stream', async () => {
  const answer = JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'All at once.' } }] })
  for (const type of ['application/json; charset=utf-8', 'text/event-stream', 'text/plain']) {
    expect(await eventsOf(responseOf([utf8.encode(answer)], type))).toEqual([
      { kind: 'delta', text: 'All at once.' },
      { kind: 'end', reason: '[DONE]' },
    ])
  }
})

it.each(['application/json', 'text/plain', 'application/octet-stream'])(
  'takes a stream of events under the type %s, after blanks and a byte order mark too',
  async (type) => {
    const stream = ODD.doneWithoutFinish.join('')
    const expected = await eventsOf(responseOf([utf8.encode(stream)]))
    for (const before of ['', '\n\n', '\ufeff', ': ping\n\n', 'event: message\n']) {
      expect(await eventsOf(responseOf([utf8.encode(before + stream)], type))).toEqual(expected)
    }
  },
)

it('takes one chunk a line, as some servers send them', async () => {
  const lines = [delta('Wh'), delta('ole.', 'stop')].map((chunk) => JSON.stringify(chunk)).join('\n')
  expect(await eventsOf(responseOf([utf8.encode(`${lines}\n`)], 'application/x-ndjson'))).toEqual([
    { kind: 'delta', text: 'Wh' },
    { kind: 'delta', text: 'ole.' },
    { kind: 'end', reason: 'stop' },
  ])
})

it.each([
  [
    [
      { type: 'text', text: 'Fo' },
      { type: 'text', text: 'ur' },
    ],
    'Four',
  ],
  [
    [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] },
      { type: 'output_text', text: 'Four' },
    ],
    'Four',
  ],
  [['Fo', 'ur'], 'Four'],
  [{ type: 'text', text: 'Four' }, 'Four'],
  [[{ type: 'image_url', image_url: { url: 'x' } }], ''],
  [[{ type: 'reasoning', text: 'Hm' }], ''],
  [7, ''],
  [true, ''],
  [[null, { text: 5 }], ''],
])('reads the content %j, of a delta and of a message', async (content, text) => {
  const expected = text === '' ? [] : [{ kind: 'delta', text }]
  for (const choice of [{ delta: { content } }, { message: { content } }]) {
    expect(await eventsOf(responseOf([utf8.encode(sse({ choices: [choice] }))]))).toEqual(expected)
  }
})

it('reads why an answer ended, a frame’s place, a summary of thought and a refusal', async () => {
  const frame = { type: 'diffusion_frame', block: 1, step: 3, total: 8, text: 'dra ft' }
  const stream = [
    sse(frame),
    sse({ ...frame, block: 'two' }),
    sse({ choices: [], reasoning_summary: { content: 'I counted.', status: 'complete' } }),
    sse({ choices: [], reasoning_summary: { content: null, status: 'skipped' } }),
    sse(delta('', 'length')),
    sse({ choices: [{ delta: { refusal: 'not this' } }] }),
  ]
  expect(await eventsOf(responseOf([utf8.encode(stream.join(''))]))).toEqual([
    { kind: 'frame', text: 'dra ft', place: { block: 1, step: 3, total: 8 } },
    { kind: 'frame', text: 'dra ft', place: null },
    { kind: 'summary', text: 'I counted.' },
    { kind: 'end', reason: 'length' },
    { kind: 'error', message: 'the model refuses: not this' },
  ])
})

it.each([
  sse('no JSON'),
  sse('"text"'),
  sse('null'),
  sse('[1, 2]'),
  'data: {"choices":[{"del',
  '{"choices":[{',
])('refuses what is no chunk: %j', async (text) => {
  await expect(eventsOf(responseOf([utf8.encode(text)]))).rejects.toMatchObject({ kind: 'server-broken' })
})

it('stops reading at its limit', async () => {
  const megabyte = utf8.encode(`: ${'x'.repeat(2 ** 20)}\n`)
  await expect(eventsOf(responseOf(Array.from({ length: 40 }, () => megabyte)))).rejects.toMatchObject({
    kind: 'server-broken',
    detail: expect.stringMatching(/more than/),
  })
})
