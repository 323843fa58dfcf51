import type { RequestListener } from 'node:http'

/** Server-sent events of a chat, as the three dialects write them; each entry is one event's data. */
export const STREAMS = {
  /** Deltas that are added: SGLang and LMDeploy send a block each, vLLM a canvas; usage comes in an event without choices. */
  append: [
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    { choices: [{ index: 0, delta: { content: 'Apples, pears' } }] },
    { choices: [{ index: 0, delta: { content: ' and plums.' }, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 } },
  ],
  /** Mercury with `diffusing: true`: every delta is the whole draft, noise included. */
  replace: [
    { choices: [{ index: 0, delta: { content: 'Ap?les qx pears ## pl' } }] },
    { choices: [{ index: 0, delta: { content: 'Apples, pears an? plums' } }] },
    { choices: [{ index: 0, delta: { content: 'Apples, pears and plums.' }, finish_reason: 'stop' }] },
  ],
  /** Frames beside committed text. */
  frame: [
    { type: 'diffusion_frame', block: 0, step: 1, total: 2, text: 'Apples ___', choices: [] },
    { type: 'diffusion_frame', block: 0, step: 2, total: 2, text: 'Apples and', choices: [] },
    { choices: [{ index: 0, delta: { content: 'Apples and' } }] },
    { choices: [{ index: 0, delta: { content: ' pears.' }, finish_reason: 'stop' }] },
  ],
} as const

export const eventOf = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`

/** A service that answers every chat with the events of a dialect, a comment first, `pauseMs` between them. */
export function playStream(dialect: keyof typeof STREAMS, pauseMs = 0): RequestListener {
  return (request, response) => {
    request.resume()
    if (request.url !== '/v1/chat/completions') {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"error":{"message":"no such path"}}')
      return
    }
    void (async () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': keep-alive\n\n')
      for (const event of STREAMS[dialect]) {
        if (response.destroyed) return
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
        response.write(eventOf(event))
      }
      response.end('data: [DONE]\n\n')
    })()
  }
}
