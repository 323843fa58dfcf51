import { nameOfRecording, readAddress } from '../../share/link/address.ts'
import type { Opening } from './asked-for.ts'

const RECORDING = '#recording/'
const RUN = '#run/'

/** The hash of a recording that ships with the page. */
export function addressOfRecording(name: string): string {
  return RECORDING + name
}

/** The hash of a run or a file that this browser keeps. */
export function addressOfRun(id: string): string {
  return RUN + id
}

/** What a hash asks the page to show. */
export function openingOf(hash: string): Opening {
  const text = hash.replace(/^#?/, '#')
  // The captions lead through the recording that the page opens with.
  if (text === '#' || text === '#tour') return { kind: 'default' }
  const name = nameOfRecording(text)
  if (name !== null) return { kind: 'recording', name }
  const id = /^#run\/([\w:.-]{1,80})$/.exec(text)?.[1]
  return id === undefined ? { kind: 'link', hash: text } : { kind: 'own', id }
}

/** Shorter ones cannot hold a comparison: they are somebody's prompt. */
const SHORTEST_BODY = 40

/** The hash of a comparison link that somebody typed or pasted as a prompt; null for any other prompt. */
export function linkIn(prompt: string): string | null {
  const text = unbroken(prompt.trim())
  if (!/^\S*#?c\d{1,4}(\.|%2e)\S+$/i.test(text)) return null
  const address = readAddress(text)
  if (address === null || address.body.length < SHORTEST_BODY) return null
  return `#c${address.version}.${address.body}`
}

/** A mail program breaks a long address over lines, and marks each as quoted; words of a prompt have blanks between. */
function unbroken(text: string): string {
  return text.replace(/=?[\r\n]+[>|\s]*|[\u00a0\u2007\u202f\p{Default_Ignorable_Code_Point}]/gu, '')
}
