import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundledModel } from './bundled-model.ts'
import { createModelServer } from './create-model-server.ts'

const FOLDER = fileURLToPath(new URL('../../e2e/models/tiny', import.meta.url))
const model = bundledModel(FOLDER, 1)

/** Steps that wait for the model; a step whose client leaves is forgotten. */
const waiting = new Set<AbortSignal>()
const server = createModelServer({
  ...model,
  predict: (_ids, _party, signal) =>
    new Promise((_resolve, reject) => {
      waiting.add(signal)
      signal.addEventListener('abort', () => {
        waiting.delete(signal)
        reject(signal.reason as Error)
      })
    }),
})
let port = 0
beforeAll(async () => {
  await model.warmUp()
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(async () => {
  const closed = server.close()
  server.server.closeAllConnections()
  await closed
})

const STEP = JSON.stringify({
  inputs: [
    { name: 'input_ids', datatype: 'INT64', shape: [1, 4], data: [3, 9, 4, 0] },
    { name: 'attention_mask', datatype: 'INT64', shape: [1, 4], data: [1, 1, 1, 1] },
  ],
})
const REQUEST = `POST /v2/models/${model.card.name}/infer HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${STEP.length}\r\n\r\n${STEP}`

const soon = async (holds: () => boolean) => {
  for (let attempt = 0; attempt < 100 && !holds(); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

it.each(['closed', 'reset'])(
  'forgets every step of a connection that is %s, those in line for an answer too',
  async (end) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(REQUEST.repeat(20))
    await soon(() => waiting.size === 20)
    expect(waiting.size).toBe(20)
    if (end === 'closed') socket.destroy()
    else socket.resetAndDestroy()
    await soon(() => waiting.size === 0)
    expect(waiting.size).toBe(0)
  },
)
