/** Longest link that is looked at, in characters. */
export const LONGEST_LINK = 65_536

/** Begins the hash of every comparison link; the version follows. */
const FORM = /(?:^|#)c(\d{1,4})\.([\s\S]*)$/

/** Undoes percent escapes, also of a link that was escaped more than once. */
function unescape(text: string): string {
  for (let round = 0; round < 4 && text.includes('%'); round++) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }
  return text
}

/** The hash, without '#', that holds `body` in the format `version`. */
export function writeAddress(version: number, body: string): string {
  return `c${version}.${body}`
}

/**
 * Finds a comparison link in a hash, or in a whole address that somebody pasted; null when there is none.
 * Escapes are undone and white space is dropped, which programs put in when they break lines.
 */
export function readAddress(text: string): { version: number; body: string } | null {
  const found = FORM.exec(
    unescape(text)
      .replace(/\s+/g, '')
      .replace(/^[<("'[`]+/, ''),
  )
  return found ? { version: Number(found[1]), body: found[2]! } : null
}
