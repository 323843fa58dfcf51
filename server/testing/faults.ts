import { setTimeout as pause } from 'node:timers/promises'
import {
  JSON_LENGTH_HEADER,
  readAnswer,
  writeAnswer,
  type InferAnswer,
} from '../../src/engines/remote/oip-message.ts'
import type { Tensor } from '../../src/engines/remote/oip-tensor.ts'
import { wireBytes, type Fault, type WholeAnswer } from './fault-proxy.ts'

/** Cut after so many bytes of the answer, its head counted. */
export const cutAfter =
  (bytes: number): Fault =>
  (answer, client) => {
    client.end(wireBytes(answer).subarray(0, bytes), () => client.destroy())
  }

/** Silent for so long, then as it should be. */
export const delayed =
  (milliseconds: number): Fault =>
  async (answer, client) => {
    await pause(milliseconds)
    if (!client.destroyed) client.end(wireBytes(answer))
  }

/** A byte now and then, for as long as anybody listens. */
export const trickled: Fault = async (answer, client) => {
  for (const byte of wireBytes(answer)) {
    if (client.destroyed) return
    client.write(Buffer.of(byte))
    await pause(20)
  }
}

export const answered =
  (status: number, body: string): Fault =>
  (_answer, client) => {
    const bytes = Buffer.from(body)
    const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) }
    client.end(wireBytes({ status, headers, body: bytes }))
  }

/** A body that never ends. */
export const endless: Fault = (_answer, client) => {
  client.on('error', () => undefined)
  client.write('HTTP/1.1 200 x\r\ncontent-type: application/json\r\n\r\n')
  const block = Buffer.alloc(65_536, 0x20)
  const pour = () => {
    while (!client.destroyed && client.write(block));
    if (!client.destroyed) client.once('drain', pour)
  }
  pour()
}

/** Other heads than the body has. */
export const withHeaders =
  (change: (answer: WholeAnswer) => Record<string, string>): Fault =>
  (answer, client) => {
    client.end(wireBytes({ ...answer, headers: { ...answer.headers, ...change(answer) } }))
  }

/** Other tensors than the model gave. */
export const withTensors =
  (change: (tensor: Tensor) => Tensor | null): Fault =>
  (answer, client) => {
    const length = answer.headers[JSON_LENGTH_HEADER]
    const asked = readAnswer({
      body: new Uint8Array(answer.body),
      jsonLength: length === undefined ? null : Number(length),
    })
    const changed: InferAnswer = { ...asked, outputs: asked.outputs.flatMap((one) => change(one) ?? []) }
    const { body, jsonLength } = writeAnswer(changed, length === undefined ? 'json' : 'binary')
    const headers = {
      ...answer.headers,
      'content-length': String(body.length),
      ...(jsonLength !== null && { [JSON_LENGTH_HEADER]: String(jsonLength) }),
    }
    client.end(wireBytes({ ...answer, headers, body: Buffer.from(body) }))
  }

/** One output replaced. */
export const withOutput = (name: string, change: (tensor: Tensor) => Tensor | null): Fault =>
  withTensors((tensor) => (tensor.name === name ? change(tensor) : tensor))
