import { Inflate } from 'fflate'
import type { BitReader } from './bit-reader.ts'
import { DICTIONARY } from './dictionary.ts'
import { demand } from '../link-damage.ts'
import { LIMITS } from '../shared-comparison.ts'

/** Bytes that are inflated at once: deflate makes at most 1032 times as many of them. */
const SIP = 256

/** Whether the text is deflated, and how many bytes it takes; throws `LinkDamage`. */
export function readTextHead(head: BitReader): { isDeflated: boolean; length: number } {
  const isDeflated = head.fixed(1) === 1
  const length = head.expGolomb(8)
  demand(length <= LIMITS.textBytes, 'its text is too long')
  return { isDeflated, length }
}

/** The text's bytes, never more than the limit; throws `LinkDamage`, or fflate's own error. */
export function readText(stored: Uint8Array, isDeflated: boolean): Uint8Array {
  if (!isDeflated) return stored
  const parts: Uint8Array[] = []
  let total = 0
  const stream = new Inflate({ dictionary: DICTIONARY }, (part) => {
    total += part.length
    demand(total <= LIMITS.textBytes, 'its text is too long')
    parts.push(part)
  })
  for (let at = 0; at < stored.length || at === 0; at += SIP) {
    stream.push(stored.subarray(at, at + SIP), at + SIP >= stored.length)
  }
  const whole = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
