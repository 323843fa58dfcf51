/** A text with holes: what is fixed and how many tokens each hole takes, in turn. */
export type GapPart = { readonly text: string } | { readonly hole: number }

/** Tokens that a hole takes at most. */
const MOST_IN_HOLE = 64

const HOLE = /\[(\d{1,2})\]/g

/** The parts of a text with holes, each written `[n]`; null where it has none. A blank in front of a hole is the hole's. */
export function gapsIn(text: string): readonly GapPart[] | null {
  const parts: GapPart[] = []
  let from = 0
  for (const match of text.matchAll(HOLE)) {
    const hole = Number(match[1])
    if (hole < 1 || hole > MOST_IN_HOLE) continue
    const before = text.slice(from, match.index).replace(/ $/, '')
    if (before !== '') parts.push({ text: before })
    parts.push({ hole })
    from = match.index + match[0].length
  }
  if (from === 0) return null
  const rest = text.slice(from).trimEnd()
  return rest === '' ? parts : [...parts, { text: rest }]
}

/** The text with a blank line for every hole, as people write it. */
export function blankedText(text: string): string {
  return text.replace(HOLE, '___')
}

/** The text with one hole, counted from 0, of another size; as it is where there is no such hole or size. */
export function withHole(text: string, nth: number, size: number): string {
  if (size < 1 || size > MOST_IN_HOLE) return text
  let at = -1
  return text.replace(HOLE, (whole) => (++at === nth ? `[${size}]` : whole))
}

/** The text with a hole in place of a stretch of it, about as many tokens as that has words. */
export function withGapAt(text: string, start: number, end: number): string {
  const words = text.slice(start, end).match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 1
  return `${text.slice(0, start)}[${Math.min(MOST_IN_HOLE, Math.max(1, words))}]${text.slice(end)}`
}
