import { writeAddress } from './address.ts'
import { toBase64url } from './base64url.ts'
import { decodeLink } from './decode-link.ts'
import { LinkDamage } from './link-damage.ts'
import type { SharedComparison } from './shared-comparison.ts'
import { writeVersion2 } from './version-2/version-2.ts'

/** The format that is written; every one that ever was is read. */
const VERSION = 2

/**
 * A comparison as the hash of an address, without '#'. The same comparison gives the same link. Throws a
 * RangeError with a sentence when it is too large for one.
 */
export function encodeLink(shared: SharedComparison): string {
  const link = linkOf(shared)
  if (link === null || !decodeLink(link).ok) {
    throw new RangeError('This comparison is too large for a link. Save it as a file and send that.')
  }
  return link
}

function linkOf(shared: SharedComparison): string | null {
  try {
    return writeAddress(VERSION, toBase64url(writeVersion2(shared)))
  } catch (error) {
    if (error instanceof LinkDamage) return null
    throw error
  }
}
