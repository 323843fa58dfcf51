import { decodeLink } from '../../share/link/decode-link.ts'
import { fromShared, type OpenedLink } from '../../share/link/from-shared.ts'

/** What a hash holds, or a sentence that says why it cannot be shown. */
export function readLink(hash: string): OpenedLink | string {
  const decoded = decodeLink(hash)
  return decoded.ok ? fromShared(decoded.shared) : decoded.message
}
