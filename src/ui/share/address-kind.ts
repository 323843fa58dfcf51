import { nameOfRecording, readAddress } from '../../share/link/address.ts'

/** What a hash asks the page to show. */
export type Wanted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'recording'; readonly name: string }
  | { readonly kind: 'link' }

/** Begins the hash of a recording that ships with the page. */
export const RECORDING = 'recording/'

export function wantedBy(hash: string): Wanted {
  if (hash.replace(/^#/, '') === '') return { kind: 'nothing' }
  const name = nameOfRecording(hash)
  return name === null ? { kind: 'link' } : { kind: 'recording', name }
}

/** Shorter ones cannot hold a comparison: they are somebody's prompt. */
const SHORTEST_BODY = 40

/** The hash of a comparison link that somebody typed or pasted as a prompt; null for any other prompt. */
export function linkIn(prompt: string): string | null {
  // A mail program breaks a long address over lines, and marks each as quoted; words of a prompt have blanks between.
  const text = cleanBreaks(prompt.trim())
  if (!/^\S*#?c\d{1,4}(\.|%2e)\S+$/i.test(text)) return null
  const address = readAddress(text)
  if (address === null || address.body.length < SHORTEST_BODY) return null
  return `#c${address.version}.${address.body}`
}

function cleanBreaks(text: string): string {
  return text.replace(/=?[\r\n]+[>|\s]*|[\u00a0\u2007\u202f\p{Default_Ignorable_Code_Point}]/gu, '')
}
