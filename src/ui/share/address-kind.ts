import { readAddress } from '../../share/link/address.ts'

/** What a hash asks the page to show. */
export type Wanted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'recording'; readonly name: string }
  | { readonly kind: 'link' }

/** Begins the hash of a recording that ships with the page. */
export const RECORDING = 'recording/'

export function wantedBy(hash: string): Wanted {
  const text = hash.replace(/^#/, '')
  if (text === '') return { kind: 'nothing' }
  const name = /^recording\/([\w-]{1,80})$/.exec(text)?.[1]
  return name === undefined ? { kind: 'link' } : { kind: 'recording', name }
}

/** Shorter ones cannot hold a comparison: they are somebody's prompt. */
const SHORTEST_BODY = 40

/** The hash of a comparison link that somebody typed or pasted as a prompt; null for any other prompt. */
export function linkIn(prompt: string): string | null {
  const text = prompt.trim()
  if (!/^\S*#?c\d{1,4}(\.|%2e)\S+$/i.test(text)) return null
  const address = readAddress(text)
  if (address === null || address.body.length < SHORTEST_BODY) return null
  return `#c${address.version}.${address.body}`
}
