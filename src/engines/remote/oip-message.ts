import * as v from 'valibot'
import { joinBytes } from './join-bytes.ts'
import { parseJson } from './parse-json.ts'
import { byteSize, fromBytes, fromJson, isDatatype, toBytes, toJson, type Tensor } from './oip-tensor.ts'

/** Which of the two forms of tensors a server takes. */
export type WireForm = 'json' | 'binary'

/** A message's body and the header that tells where its JSON ends; null where it is JSON alone. */
export interface WireMessage {
  readonly body: Uint8Array
  readonly jsonLength: number | null
}

/** Header of a message with binary tensors: the length of its JSON in bytes. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length'

/** What does not follow the protocol. */
export class WireError extends Error {}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Python servers write what they don't fill as null, which says the same as leaving it out. */
const TensorSchema = v.object({
  name: v.string(),
  datatype: v.pipe(v.string(), v.check(isDatatype, 'its type is none of INT64, INT32, FP32 and BOOL')),
  shape: v.pipe(v.array(whole), v.maxLength(8)),
  data: v.nullish(v.array(v.unknown())),
  parameters: v.nullish(v.looseObject({ binary_data_size: v.nullish(whole) })),
})
type TensorHead = v.InferOutput<typeof TensorSchema>

const RequestSchema = v.object({
  inputs: v.array(TensorSchema),
  outputs: v.nullish(v.array(v.object({ name: v.string() }))),
  parameters: v.nullish(v.looseObject({ binary_data_output: v.nullish(v.boolean()) })),
})
const AnswerSchema = v.object({
  model_name: v.nullish(v.string()),
  outputs: v.array(TensorSchema),
})

export interface InferRequest {
  readonly inputs: readonly Tensor[]
  /** Names of the wanted outputs; all of them if left out. */
  readonly outputs?: readonly string[]
  /** Whether the answer may be binary. */
  readonly wants: WireForm
}

export interface InferAnswer {
  readonly model: string
  readonly outputs: readonly Tensor[]
}

/** A request for one inference, in the form of the answer that it asks for unless another is named. */
export function writeRequest({ inputs, outputs, wants }: InferRequest, form: WireForm = wants): WireMessage {
  return write(form, inputs, (tensors) => ({
    inputs: tensors,
    ...(outputs && { outputs: outputs.map((name) => ({ name })) }),
    ...(wants === 'binary' && { parameters: { binary_data_output: true } }),
  }))
}

export function writeAnswer({ model, outputs }: InferAnswer, form: WireForm): WireMessage {
  return write(form, outputs, (tensors) => ({ model_name: model, outputs: tensors }))
}

/** Reads a request. Throws a `WireError`. */
export function readRequest(message: WireMessage): InferRequest {
  const { head, tail } = read(RequestSchema, message)
  const outputs = head.outputs?.map(({ name }) => name)
  return {
    inputs: readTensors(head.inputs, tail),
    ...(outputs && { outputs }),
    wants: head.parameters?.binary_data_output === true ? 'binary' : 'json',
  }
}

/** Reads an answer. Throws a `WireError`. */
export function readAnswer(message: WireMessage): InferAnswer {
  const { head, tail } = read(AnswerSchema, message)
  return { model: head.model_name ?? '', outputs: readTensors(head.outputs, tail) }
}

function write(
  form: WireForm,
  tensors: readonly Tensor[],
  around: (tensors: readonly unknown[]) => unknown,
): WireMessage {
  const heads = tensors.map((tensor) => {
    const { name, datatype, shape } = tensor
    return form === 'json'
      ? { name, datatype, shape, data: toJson(tensor) }
      : { name, datatype, shape, parameters: { binary_data_size: byteSize(datatype, shape) } }
  })
  const json = new TextEncoder().encode(JSON.stringify(around(heads)))
  if (form === 'json') return { body: json, jsonLength: null }
  return { body: joinBytes([json, ...tensors.map(toBytes)]), jsonLength: json.length }
}

function read<Schema extends v.GenericSchema>(schema: Schema, { body, jsonLength }: WireMessage) {
  const length = jsonLength ?? body.length
  if (!Number.isSafeInteger(length) || length < 0 || length > body.length) {
    throw new WireError(`${JSON_LENGTH_HEADER} is ${length}, and the body has ${body.length} bytes`)
  }
  let value: unknown
  try {
    value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, length)))
  } catch {
    throw new WireError('it is not JSON')
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new WireError(`${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`)
  }
  return { head: parsed.output, tail: body.slice(length) }
}

function readTensors(heads: readonly TensorHead[], tail: Uint8Array<ArrayBuffer>): Tensor[] {
  let at = 0
  const tensors = heads.map(({ name, datatype, shape, data, parameters }): Tensor => {
    if (!isDatatype(datatype)) throw new WireError(`${name} has the type ${datatype}`)
    const head = { name, datatype, shape }
    const size = parameters?.binary_data_size ?? null
    if (size === null && !data) throw new WireError(`${name} has no data`)
    const tensor =
      size === null ? fromJson(head, data ?? []) : fromBytes(head, tail.subarray(at, (at += size)))
    if (typeof tensor === 'string') throw new WireError(tensor)
    return tensor
  })
  if (at !== tail.length) throw new WireError(`${tail.length - at} bytes belong to no tensor`)
  return tensors
}
