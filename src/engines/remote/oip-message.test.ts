import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readAnswer,
  readRequest,
  WireError,
  writeAnswer,
  writeRequest,
  type WireForm,
  type WireMessage,
} from './oip-message.ts'
import type { Tensor, TensorData } from './oip-tensor.ts'

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 })

const filled = <T>(one: fc.Arbitrary<T>, shape: readonly number[]) => {
  const size = shape.reduce((product, side) => product * side, 1)
  return fc.array(one, { minLength: size, maxLength: size })
}

const typed = (shape: readonly number[]): fc.Arbitrary<Pick<Tensor, 'datatype' | 'data'>> =>
  fc.oneof(
    filled(fc.maxSafeInteger(), shape).map((values) => ({
      datatype: 'INT64' as const,
      data: BigInt64Array.from(values, BigInt) as TensorData,
    })),
    filled(fc.integer(), shape).map((values) => ({
      datatype: 'INT32' as const,
      // The lowest integer has no opposite.
      data: Int32Array.from(values, (value) => Math.max(value, -(2 ** 31) + 1)) as TensorData,
    })),
    filled(fc.float(), shape).map((values) => ({
      datatype: 'FP32' as const,
      data: Float32Array.from(values, (value) => value + 0) as TensorData,
    })),
    filled(fc.boolean(), shape).map((values) => ({
      datatype: 'BOOL' as const,
      data: Uint8Array.from(values, Number) as TensorData,
    })),
  )

const tensors: fc.Arbitrary<Tensor[]> = fc.array(
  shapes.chain((shape) =>
    fc.record({ name: fc.string(), rest: typed(shape) }).map(({ name, rest }) => ({ name, shape, ...rest })),
  ),
  { maxLength: 4 },
)
const forms = fc.constantFrom<WireForm>('json', 'binary')

const json = (text: string): WireMessage => ({ body: new TextEncoder().encode(text), jsonLength: null })

it('takes null for what is left out, as Python servers write it, in JSON and in binary', () => {
  const nulls = '"model_version":null,"id":null,"parameters":null'
  const head = '"name":"entropy","shape":[2],"datatype":"FP32"'
  const entropy = { name: 'entropy', shape: [2], datatype: 'FP32', data: Float32Array.of(0.5, 0.25) }
  const text = (tensor: string) => `{"model_name":null,${nulls},"outputs":[{${head},${tensor}}]}`
  for (const tensor of [
    '"parameters":null,"data":[0.5,0.25]',
    '"parameters":{"binary_data_size":null,"content_type":null},"data":[0.5,0.25]',
  ]) {
    expect(readAnswer(json(text(tensor)))).toEqual({ model: '', outputs: [entropy] })
  }
  const { body, jsonLength } = json(text('"data":null,"parameters":{"binary_data_size":8}'))
  const binary = new Uint8Array([...body, ...new Uint8Array(entropy.data.buffer)])
  expect(readAnswer({ body: binary, jsonLength: jsonLength ?? body.length })).toEqual({
    model: '',
    outputs: [entropy],
  })
  expect(() => readAnswer(json(text('"data":null,"parameters":null')))).toThrow(/entropy has no data/)
  const request = `{"id":null,"parameters":null,"outputs":null,"inputs":[{${head},"parameters":null,"data":[0.5,0.25]}]}`
  expect(readRequest(json(request))).toEqual({ inputs: [entropy], wants: 'json' })
})

it('reads numbers that JSON has no word for, and no texts for numbers', () => {
  const values = '[-0.1, NaN, -Infinity, Infinity, null, "NaN", "-Infinity"]'
  const text = (data: string) =>
    `{"model_name":"a \\" NaN","outputs":[{"name":"x","shape":[7],"datatype":"FP32","data":${data}}]}`
  const { model, outputs } = readAnswer(json(text(values)))
  expect(model).toBe('a " NaN')
  expect([...outputs[0]!.data]).toEqual([Math.fround(-0.1), NaN, -Infinity, Infinity, NaN, NaN, -Infinity])
  for (const wrong of ['"seven"', '""', '"1"', 'true', '[]']) {
    expect(() => readAnswer(json(text(`[1, 2, 3, 4, 5, 6, ${wrong}]`)))).toThrow(WireError)
  }
})

describe('messages of the Open Inference Protocol', () => {
  it('come back as they were written, in both forms', () => {
    fc.assert(
      fc.property(tensors, forms, (inputs, wants) => {
        expect(readRequest(writeRequest({ inputs, outputs: ['a'], wants }))).toEqual({
          inputs,
          outputs: ['a'],
          wants,
        })
        const answer = { model: 'm', outputs: inputs }
        expect(readAnswer(writeAnswer(answer, wants))).toEqual(answer)
      }),
    )
  })

  it('are refused with a sentence wherever they are cut, and whatever stands in them', () => {
    const read = (message: WireMessage) => {
      try {
        readAnswer(message)
      } catch (error) {
        expect(error).toBeInstanceOf(WireError)
      }
    }
    fc.assert(
      fc.property(tensors, forms, fc.nat(), fc.uint8Array(), (outputs, form, at, noise) => {
        const { body, jsonLength } = writeAnswer({ model: 'm', outputs }, form)
        const cut = body.subarray(0, at % (body.length + 1))
        read({ body: cut, jsonLength })
        read({ body: noise, jsonLength: null })
        read({ body: Uint8Array.from([...cut, ...noise]), jsonLength: at })
        const flipped = body.slice()
        flipped[at % body.length]! ^= 1 + (noise[0] ?? 0)
        read({ body: flipped, jsonLength })
      }),
      { numRuns: 300 },
    )
  })

  it('name what does not fit', () => {
    const message = (outputs: unknown): WireMessage => ({
      body: new TextEncoder().encode(JSON.stringify({ outputs })),
      jsonLength: null,
    })
    const tensor = { name: 'entropy', datatype: 'FP32', shape: [2], data: [1, 2] }
    expect(readAnswer(message([tensor])).outputs[0]!.data).toEqual(Float32Array.of(1, 2))
    expect(readAnswer(message([{ ...tensor, shape: [1, 2], data: [[1, 2]] }])).outputs).toHaveLength(1)
    for (const [odd, sentence] of [
      [{ ...tensor, shape: [3] }, /entropy has 2 values, and its shape \[3\] takes 3/],
      [{ ...tensor, data: [1, 'x'] }, /no FP32/],
      [{ ...tensor, datatype: 'FP16' }, /outputs\.0\.datatype/],
      [{ ...tensor, shape: [-1] }, /outputs\.0\.shape\.0/],
      [{ name: 'entropy', datatype: 'FP32', shape: [2] }, /has no data/],
    ] as const) {
      expect(() => readAnswer(message([odd]))).toThrow(sentence)
    }
  })
})
