/** Characters that a cell shows of its token, as a cell is a few letters wide. */
const MOST_CHARACTERS = 32
/** Marks on one letter that are drawn: no script puts more on it, and each takes a browser longer than the one before. */
const MOST_MARKS = 8

const STACK = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu')

/** Text without the marks that pile up on one letter. */
export function unstacked(text: string): string {
  return text.replace(STACK, '$1')
}

/** As much of a token's text as a cell shows. */
export function shortText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return unstacked(text)
  // A character outside the basic plane is not cut in half.
  return `${unstacked(text.slice(0, MOST_CHARACTERS)).replace(/[\ud800-\udbff]$/, '')}…`
}
