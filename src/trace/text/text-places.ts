/** A place of a text that is laid out as text. */
export interface TextPlace {
  /** Blanks and breaks before the mark: they are room, and no part of the mark. */
  readonly lead: string
  /** What the mark holds; empty for a token of blanks, and for one that has no text. */
  readonly core: string
  /** Whether a line may begin here though no blank stands before it. */
  readonly breakable: boolean
  /** Whether its letters join those beside it, or stand in another order than they are read: it is no box of its own. */
  readonly joined: boolean
  /** Whether it is a part of code, or of a table. */
  readonly code: boolean
}

/** Characters after which a word is broken, where nothing better is there. */
const LONGEST_WORD = 24

const BLANKS = /^[ \t\r\n]*/
const BLANKS_BEHIND = /[ \t\r\n]*$/

/** Scripts that are written without blanks: a line may begin with any of their letters. */
const WITHOUT_BLANKS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Marks that stand on the letter before them, scripts whose letters join or run from right to left. */
const JOINED = /[\p{M}\u0590-\u109F\u1780-\u18AF\u200D\uFB1D-\uFDFF\uFE70-\uFEFC]/u

/** A token's text without the blanks around it. */
export function coreOf(text: string): string {
  return text.replace(BLANKS, '').replace(BLANKS_BEHIND, '')
}

/**
 * The tokens of a text as places of it. Blanks behind a token belong to what comes after it; joined in order, leads and
 * cores are the text, blanks at its very end left out.
 *
 * @param texts of all tokens, in order; empty where nothing is known
 */
export function textPlaces(texts: readonly string[]): TextPlace[] {
  const code = codeParts(texts.join(''))
  let offset = 0
  let lead = ''
  let word = 0
  let before = ''
  return texts.map((text): TextPlace => {
    const blanks = BLANKS.exec(text)![0]
    const core = coreOf(text)
    const isCode = code.some(([start, end]) => offset + blanks.length >= start && offset < end)
    offset += text.length
    if (core === '') {
      const place = { lead, core, breakable: false, joined: false, code: isCode }
      lead = text
      return place
    }
    const room = lead + blanks
    if (room !== '') word = 0
    const breakable =
      room === '' && (word > LONGEST_WORD || WITHOUT_BLANKS.test(core) || /[^\s-]-$|[/—–]$/u.test(before))
    word = breakable ? core.length : word + core.length
    before = core
    lead = text.slice(blanks.length + core.length)
    return { lead: room, core, breakable, joined: JOINED.test(core), code: isCode }
  })
}

/** Parts of a text that are code or a table, as [start, end) in its characters. */
function codeParts(text: string): readonly (readonly [number, number])[] {
  const parts: [number, number][] = []
  for (let start = text.indexOf('```'); start >= 0;) {
    const end = text.indexOf('```', start + 3)
    parts.push([start, end < 0 ? text.length : end + 3])
    start = end < 0 ? -1 : text.indexOf('```', end + 3)
  }
  return parts.length === 0 && looksLikeCode(text) ? [[0, text.length]] : parts
}

/** A text that begins like JSON or a definition, has indented lines with code's signs, or lines of a table. */
function looksLikeCode(text: string): boolean {
  if (/^\s*[[{]/.test(text) && /["':,\]}]/.test(text)) return true
  if (/^\s*(?:def|function|const|let|var|class|import|from|#include|SELECT)\s/.test(text)) return true
  const lines = text.split('\n')
  const many = (form: RegExp) => lines.filter((line) => form.test(line)).length > 1
  return many(/^(?: {2,}|\t)\S.*[(){}=:;]/) || many(/^\s*\|.*\|\s*$/) || many(/^(?:[\d.|+-] ?){4,}$/)
}

/** Whether a text is read from right to left: by its first letter that says so. */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{L}]/u.exec(text)?.[0] ?? ''
  return /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u.test(first)
}
