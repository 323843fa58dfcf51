import type { Comparison } from '../../share/comparison.ts'
import { encodeLink } from '../../share/link/encode-link.ts'
import type { SharedPlayhead } from '../../share/link/shared-comparison.ts'
import type { Look } from '../../store/view.ts'
import { searchOf } from '../tint/saved-look.ts'
import { toShared, type LinkNote } from '../../share/link/to-shared.ts'

/** Longest message that common chat programs keep whole, in characters. */
export const CHAT_LIMIT = 2000

/** The address of this page without what was put behind it. */
function home(): string {
  const url = new URL(location.href)
  url.search = ''
  url.hash = ''
  return url.href
}

/** A whole address that replays the comparison, or a sentence that says why there is none. */
export function makeLink(
  comparison: Comparison,
  playhead: SharedPlayhead,
  note: LinkNote,
  look: Look,
): { readonly address: string } | { readonly complaint: string } {
  try {
    return { address: `${home()}${searchOf(look)}#${encodeLink(toShared(comparison, playhead, note))}` }
  } catch (error) {
    if (error instanceof RangeError) return { complaint: error.message }
    throw error
  }
}
