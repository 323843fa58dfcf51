/**
 * Cuts a text into words, each with the blanks before it; joined they are the text. A service sends no tokens, so
 * words are what its drafts are compared by. None is longer than a link's table of pieces takes.
 */
export function splitText(text: string): string[] {
  return text.match(/\s{0,30}\S{1,30}|\s{1,30}/gu) ?? []
}
