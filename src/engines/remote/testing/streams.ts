/** Streams of chat completions, written from the formats that the services document. */

const MODEL = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1764000000, model: 'played' }

export function sse(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

export function delta(content: string | null, finish: string | null = null): unknown {
  return { ...MODEL, choices: [{ index: 0, delta: { content }, finish_reason: finish }] }
}

const ROLE = {
  ...MODEL,
  choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
}
const USAGE = { ...MODEL, choices: [], usage: { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 } }
const END = { ...MODEL, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }

/** OpenAI's own form, as AR servers, SGLang, LMDeploy and vLLM send it: roles, comments and usage between. */
export function appendStream(texts: readonly string[]): string[] {
  return [
    sse(ROLE),
    ': keep-alive\n\n',
    ...texts.map((text) => sse(delta(text))),
    sse(END),
    sse(USAGE),
    sse('[DONE]'),
  ]
}

/** Mercury with `diffusing: true`: every delta is the whole draft. */
export function replaceStream(drafts: readonly string[]): string[] {
  return [sse(ROLE), ...drafts.map((draft) => sse(delta(draft))), sse(END), sse('[DONE]')]
}

/** Blocks of drafts as frames with empty deltas, each block followed by a delta of its committed text. */
export function frameStream(
  blocks: readonly { readonly drafts: readonly string[]; readonly text: string }[],
) {
  return [
    sse(ROLE),
    ...blocks.flatMap(({ drafts, text }, block) => [
      ...drafts.map((draft, step) =>
        sse({
          ...(delta('') as object),
          type: 'diffusion_frame',
          block,
          step: step + 1,
          total: drafts.length,
          text: draft,
        }),
      ),
      sse(delta(text)),
    ]),
    sse(END),
    sse('[DONE]'),
  ]
}

/** An error in the middle of an answer that began with a 200. */
export const LATE_ERROR = sse({ error: { message: 'the worker ran out of memory', code: 500 } })

const halfAn = sse(delta('Half an'))

/** Streams that others met, by what is odd about them. */
export const ODD = {
  /** A provider cut between the two halves of an emoji. */
  surrogateHalves: [
    sse(delta('Hi ')),
    'data: {"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\n',
    'data: {"choices":[{"index":0,"delta":{"content":"\\ude00"}}]}\n\n',
    sse('[DONE]'),
  ],
  /** Mistral's form: content as a list of parts. */
  contentParts: [
    sse({
      choices: [
        { index: 0, delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] } },
      ],
    }),
    sse({ choices: [{ index: 0, delta: { content: [{ type: 'text', text: 'Four' }] } }] }),
    sse({ choices: [{ index: 0, delta: { content: [{ type: 'reference', reference_ids: [1] }] } }] }),
    sse(delta('.', 'stop')),
    sse('[DONE]'),
  ],
  /** A failure after a 200, its fields at the top. */
  flatError: [
    halfAn,
    sse({ object: 'error', message: 'out of memory', type: 'InternalServerError', param: null, code: 500 }),
    sse('[DONE]'),
  ],
  /** A failure that only the event's name tells. */
  namedError: [halfAn, 'event: error\ndata: out of memory\n\n'],
  codeOnly: [halfAn, sse({ error: { code: 500 } }), sse('[DONE]')],
  noFinish: [halfAn],
  doneWithoutFinish: [sse(delta('Whole.')), sse('[DONE]')],
} as const
