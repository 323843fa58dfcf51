/** A sentence of words that may be a sentence themselves. */
export function closed(words: string): string {
  return /[.!?…]["”')]?$/.test(words) ? words : `${words}.`
}
