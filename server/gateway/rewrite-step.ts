import {
  JSON_LENGTH_HEADER,
  readRequest,
  WireError,
  writeRequest,
} from '../../src/engines/remote/oip-message.ts'
import type { Limits } from './configuration-schema.ts'
import { Refusal } from './refusal.ts'

/** A request as an upstream gets it. */
export interface Rewritten {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Tensors of a step, and the longest of their names. */
const MOST_TENSORS = 16
const LONGEST_NAME = 64
/** `[sequences, tokens]`; a server may want a third side. */
const MOST_SIDES = 3

/**
 * Reads a step of the Open Inference Protocol and writes it anew: an upstream gets what was checked, whatever its own
 * parser would make of the client's bytes. Tensors hold as much as their shapes say; memory that is shared with the
 * server can't be named. Throws a `Refusal`.
 *
 * @param jsonLength where the JSON ends; null where all of the body is JSON
 */
export function rewriteStep(body: Buffer, jsonLength: number | null, limits: Limits): Rewritten {
  const asked = read(body, jsonLength)
  const names = [...asked.inputs.map(({ name }) => name), ...(asked.outputs ?? [])]
  if (names.length > 2 * MOST_TENSORS || names.some((name) => !isName(name))) {
    throw new Refusal(
      422,
      `A step has at most ${MOST_TENSORS} tensors, with names of letters, digits, _, - and dots.`,
    )
  }
  for (const { shape } of asked.inputs) checkShape(shape, limits)
  const written = writeRequest(asked, jsonLength === null ? 'json' : 'binary')
  return {
    body: Buffer.from(written.body.buffer, written.body.byteOffset, written.body.byteLength),
    headers:
      written.jsonLength === null
        ? { 'content-type': 'application/json' }
        : { 'content-type': 'application/octet-stream', [JSON_LENGTH_HEADER]: String(written.jsonLength) },
  }
}

const isName = (name: string) => name.length <= LONGEST_NAME && /^[\w.-]+$/.test(name)

function read(body: Buffer, jsonLength: number | null) {
  try {
    return readRequest({
      body: new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length),
      jsonLength,
    })
  } catch (error) {
    if (error instanceof WireError) throw new Refusal(400, `A step cannot be read: ${error.message}.`)
    throw error
  }
}

function checkShape(shape: readonly number[], limits: Limits): void {
  const [sequences = 0, tokens = 0] = shape
  if (tokens > limits.tokens) {
    throw new Refusal(
      422,
      `${tokens} tokens are too long: this gateway passes on sequences of at most ${limits.tokens}.`,
    )
  }
  if (sequences > limits.sequences) {
    throw new Refusal(
      422,
      `${sequences} sequences are too many: this gateway passes on at most ${limits.sequences} a step.`,
    )
  }
  if (shape.length < 1 || shape.length > MOST_SIDES || shape.some((side) => side < 1)) {
    throw new Refusal(422, `A tensor of the shape [${shape.slice(0, 8).join(', ')}] belongs to no step.`)
  }
}
