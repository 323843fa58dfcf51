import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyContextConfig } from 'fastify'
import { JSON_LENGTH_HEADER } from '../../src/engines/remote/oip-message.ts'
import type { Limits } from './configuration-schema.ts'
import { Refusal } from './refusal.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether binary tensors may follow the JSON of this route's bodies. */
    readonly isBinary?: boolean
  }
}

/** Where a body's JSON ends; null where all of it is JSON. Throws a `Refusal`. */
export function jsonLengthOf(headers: IncomingHttpHeaders): number | null {
  const length = headers[JSON_LENGTH_HEADER]
  if (length === undefined) return null
  if (!/^\d{1,9}$/.test(String(length))) {
    throw new Refusal(
      400,
      'Inference-Header-Content-Length must be the length of the JSON before the tensors.',
    )
  }
  return Number(length)
}

/** Most bytes of a body: few of JSON, which takes long to read, and more where tensors follow it. Throws a `Refusal`. */
export function mostBytes(
  headers: IncomingHttpHeaders,
  { isBinary }: FastifyContextConfig,
  { bodyBytes, jsonBytes }: Limits,
): number {
  const jsonLength = isBinary === true ? jsonLengthOf(headers) : null
  if (jsonLength === null) return Math.min(jsonBytes, bodyBytes)
  if (jsonLength > jsonBytes) throw tooLong(jsonBytes, true)
  return bodyBytes
}

export function tooLong(most: number, isJson: boolean): Refusal {
  return new Refusal(413, `A request may have at most ${most} bytes${isJson ? ' of JSON' : ''}.`)
}
