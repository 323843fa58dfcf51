import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'

/** A server's whole answer, before a fault befalls it. */
export interface WholeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What becomes of an answer: writes whatever it likes to the client's connection, and may well end it. */
export type Fault = (answer: WholeAnswer, client: Socket) => void | Promise<void>

/** An answer as bytes on the wire. */
export function wireBytes({ status, headers, body }: WholeAnswer): Buffer {
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} x\r\n${lines.join('\r\n')}\r\n\r\n`), body])
}

const PASSED = ['content-type', 'content-length', 'inference-header-content-length', 'server-timing']

/** A server between a client and a model server; `faultOf` chooses for each inference, counted from 0. */
export function faultProxy(target: string, faultOf: (call: number) => Fault | null): Promise<Serving> {
  let calls = 0
  return serve((request, response) => {
    void (async () => {
      const sent = await bytesOf(request)
      const { headers } = request
      const init = {
        method: request.method ?? 'GET',
        headers: Object.fromEntries(
          PASSED.flatMap((name) =>
            name === 'content-length' || !headers[name] ? [] : [[name, headers[name]]],
          ),
        ) as Record<string, string>,
        ...(sent.length > 0 && { body: new Uint8Array(sent) }),
      }
      const answer = await fetch(`${target}${request.url}`, init)
      const whole: WholeAnswer = {
        status: answer.status,
        headers: Object.fromEntries([...answer.headers].filter(([name]) => PASSED.includes(name))),
        body: Buffer.from(await answer.arrayBuffer()),
      }
      const fault = request.url?.endsWith('/infer') === true ? faultOf(calls++) : null
      if (fault !== null) return fault(whole, request.socket)
      response.writeHead(whole.status, whole.headers).end(whole.body)
    })().catch(() => request.socket.destroy())
  })
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}
