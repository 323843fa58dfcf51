import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JSON_LENGTH_HEADER, readRequest, writeRequest } from '../../src/engines/remote/oip-message.ts'
import { chatEntry, oipEntry } from '../testing/start-gateway.ts'
import { parseConfiguration } from './configuration.ts'
import type { OpenAiUpstream } from './configuration-schema.ts'
import { Refusal } from './refusal.ts'
import { rewriteChat } from './rewrite-chat.ts'
import { rewriteStep } from './rewrite-step.ts'

const { limits, upstreams } = parseConfiguration(
  {
    upstreams: [
      chatEntry('http://127.0.0.1:9', { model: 'cheap', request: { diffusing: true } }),
      oipEntry(['http://127.0.0.1:9']),
    ],
  },
  {},
)
const service = upstreams[0] as OpenAiUpstream

function statusOf(work: () => unknown): number {
  try {
    work()
    return 200
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.message).toMatch(/^[A-Z0-9].*\.$/)
    return error.statusCode
  }
}

const chat = (text: string) => rewriteChat(Buffer.from(text), service, limits)
const sent = (text: string) => JSON.parse(chat(text).body.toString()) as Record<string, unknown>
const HELLO = [{ role: 'user', content: 'Hello' }]
const M = `"messages":${JSON.stringify(HELLO)}`

describe('a chat request goes out as it was checked', () => {
  it('of two keys the one that was read alone, whichever a service would take', () => {
    expect(sent(`{"model":"expensive","model":"cheap",${M}}`)).toEqual({
      ...{ model: 'cheap', messages: HELLO, max_tokens: limits.tokens, diffusing: true, stream: false },
    })
    expect(
      chat(`{"n":100,"n":1,"max_tokens":999999,"max_tokens":1,"model":"cheap",${M}}`).body.toString(),
    ).toBe(`{"model":"cheap",${M},"n":1,"max_tokens":1,"diffusing":true,"stream":false}`)
    expect(statusOf(() => chat(`{"model":"cheap","model":"expensive",${M}}`))).toBe(422)
  })

  it.each([
    `{"model":"cheap","MODEL":"expensive",${M}}`,
    `{"model":"cheap","Model":"expensive",${M}}`,
    `{"model":"cheap","models":["expensive"],${M}}`,
    `{"model":"cheap","best_of":20,${M}}`,
    `{"model":"cheap","max_new_tokens":100000,${M}}`,
    `{"model":"cheap","min_tokens":100000,${M}}`,
    `{"model":"cheap","tools":[{"type":"function"}],${M}}`,
    `{"model":"cheap","lora_path":"/etc/passwd",${M}}`,
    `{"model":"cheap","__proto__":{"max_tokens":1},${M}}`,
    `{"model":"cheap","max_tokens":-1,${M}}`,
    `{"model":"cheap","max_tokens":1e308,${M}}`,
    `{"model":"cheap","max_completion_tokens":0.5,${M}}`,
    `{"model":"cheap","n":0,${M}}`,
    `{"model":"cheap","temperature":1e9,${M}}`,
    `{"model":"cheap","messages":[]}`,
    `{"model":"cheap","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://169.254.169.254/latest"}}]}]}`,
    `{"model":"cheap","messages":[{"role":"tool","content":"a"}]}`,
    `{"model":"cheap","messages":[{"role":"user","content":"a","name":"b"}]}`,
    `[{"model":"cheap",${M}}]`,
    `"cheap"`,
    'null',
  ])('is refused: %s', (text) => {
    expect(statusOf(() => chat(text))).toBe(422)
  })

  it('with the limit where the client sets none, and the values of the configuration', () => {
    expect(sent(`{"model":"cheap",${M}}`)).toMatchObject({ max_tokens: limits.tokens })
    expect(sent(`{"model":"cheap","max_tokens":null,${M}}`)).toMatchObject({ max_tokens: limits.tokens })
    expect(sent(`{"model":"cheap","max_completion_tokens":7,${M}}`)).not.toHaveProperty('max_tokens')
    expect(sent(`{"model":"cheap","diffusing":{"evil":1},"stream":true,${M}}`)).toMatchObject({
      ...{ diffusing: true, stream: true },
    })
  })

  it('has no key that is not known, whatever is asked', () => {
    const known = [
      'model',
      'messages',
      'stream',
      'n',
      'max_tokens',
      'max_completion_tokens',
      'temperature',
      'top_p',
      'seed',
      'diffusing',
    ]
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (more, tokens) => {
        const asked = {
          ...more,
          model: 'cheap',
          messages: HELLO,
          ...(tokens !== null && { max_tokens: tokens }),
        }
        if (statusOf(() => chat(JSON.stringify(asked))) !== 200) return
        const written = sent(JSON.stringify(asked))
        expect(known).toEqual(expect.arrayContaining(Object.keys(written)))
        expect(written['max_tokens']).toBeLessThanOrEqual(limits.tokens)
      }),
    )
  })
})

const step = (value: unknown) =>
  rewriteStep(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), null, limits)
const tensor = (more: object = {}) => ({
  name: 'input_ids',
  datatype: 'INT64',
  shape: [1, 2],
  data: [3, 4],
  ...more,
})
const T = JSON.stringify(tensor())

describe('a step goes out as it was checked', () => {
  it('of two keys the one that was read alone', () => {
    const large = '{"name":"input_ids","datatype":"INT64","shape":[64,1000000],"data":[]}'
    expect(step(`{"inputs":[${large}],"inputs":[${T}]}`).body.toString()).toBe(`{"inputs":[${T}]}`)
  })

  it.each([
    ['a shape that overflows', { inputs: [tensor({ shape: [64, 4096, 9007199254740991] })] }],
    ['a shape that holds more than it says', { inputs: [tensor({ shape: [2, 2] })] }],
    ['a shape without anything in it', { inputs: [tensor({ shape: [0, 2], data: [] })] }],
    ['a side that is negative', { inputs: [tensor({ shape: [-1, -2] })] }],
    ['a side that is no number', { inputs: [tensor({ shape: ['1', 2] })] }],
    [
      'memory that is shared',
      {
        inputs: [
          {
            name: 'a',
            datatype: 'INT64',
            shape: [1, 2],
            parameters: { shared_memory_region: 'x', shared_memory_byte_size: 16 },
          },
        ],
      },
    ],
    ['a name that is a path', { inputs: [tensor({ name: '../x' })] }],
    ['values that are text', { inputs: [tensor({ datatype: 'BYTES', data: ['a', 'b'] })] }],
    ['more tensors than a step has', { inputs: Array.from({ length: 40 }, () => tensor()) }],
    ['no inputs', { outputs: [] }],
  ])('is refused: %s', (_, value) => {
    expect([400, 422]).toContain(statusOf(() => step(value)))
  })

  it('without parameters and fields that nobody needs, and with no memory to write into', () => {
    const asked = {
      ...{ id: 'a', MODEL: 'b', parameters: { sequence_id: 7, priority: 9, binary_data_output: true } },
      inputs: [tensor({ parameters: { shared_memory_region: 'x', shared_memory_offset: 0 }, extra: 1 })],
      outputs: [{ name: 'topk_ids', parameters: { shared_memory_region: 'x', classification: 100 } }],
    }
    expect(JSON.parse(step(asked).body.toString())).toEqual({
      ...{ inputs: [tensor()], outputs: [{ name: 'topk_ids' }], parameters: { binary_data_output: true } },
    })
  })

  it('as the very same tensors, in the form in which it came', () => {
    const inputs = [
      { name: 'input_ids', datatype: 'INT64', shape: [2, 2], data: BigInt64Array.of(1n, 2n, -3n, 2n ** 62n) },
      { name: 'cfg_scale', datatype: 'FP32', shape: [2, 1], data: Float32Array.of(0.5, 3e38) },
      { name: 'uncond_mask', datatype: 'BOOL', shape: [2, 2], data: Uint8Array.of(0, 1, 1, 0) },
    ] as const
    for (const wants of ['binary', 'json'] as const) {
      const asked = { inputs, outputs: ['topk_ids'], wants }
      const { body, jsonLength } = writeRequest(asked, 'binary')
      const { body: written, headers } = rewriteStep(Buffer.from(body), jsonLength, limits)
      expect(headers['content-type']).toBe('application/octet-stream')
      const length = Number(headers[JSON_LENGTH_HEADER])
      expect(readRequest({ body: new Uint8Array(written), jsonLength: length })).toEqual(asked)
    }
  })

  it('never with bytes behind its tensors', () => {
    const { body, jsonLength } = writeRequest({ inputs: [], wants: 'binary' })
    expect(statusOf(() => rewriteStep(Buffer.concat([body, Buffer.from('more')]), jsonLength, limits))).toBe(
      400,
    )
  })
})
