import { decodeLink } from '../../share/link/decode-link.ts'
import { fromShared, type OpenedLink } from '../../share/link/from-shared.ts'
import { undrawableLane } from '../../share/undrawable-lane.ts'

/** What a hash holds, or a sentence that says why it cannot be shown. */
export function readLink(hash: string): OpenedLink | string {
  const decoded = decodeLink(hash)
  if (!decoded.ok) return decoded.message
  const opened = fromShared(decoded.shared)
  const complaint = undrawableLane(opened.comparison)
  return complaint === null ? opened : `This link holds too large a run: ${complaint}.`
}
