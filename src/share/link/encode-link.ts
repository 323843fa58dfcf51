import { LONGEST_LINK, writeAddress } from './address.ts'
import { toBase64url } from './base64url.ts'
import { LinkDamage } from './link-damage.ts'
import type { SharedComparison } from './shared-comparison.ts'
import { writeVersion3 } from './version-3/version-3.ts'

/** The format that is written; every one that ever was is read. */
const VERSION = 3

/**
 * A comparison as the hash of an address, without '#'. The same comparison gives the same link. Throws a
 * RangeError with a sentence when it is too large for one.
 */
export function encodeLink(shared: SharedComparison): string {
  const body = toBase64url(bytesOf(shared))
  if (body.length > LONGEST_LINK) throw tooLarge()
  return writeAddress(VERSION, body)
}

/** Writing checks the limits that reading does. */
function bytesOf(shared: SharedComparison): Uint8Array {
  try {
    return writeVersion3(shared)
  } catch (error) {
    throw error instanceof LinkDamage ? tooLarge() : error
  }
}

function tooLarge(): RangeError {
  return new RangeError('This comparison is too large for a link. Save it as a file and send that.')
}
