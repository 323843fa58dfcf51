import { cleanText, unescapeText } from './clean-text.ts'

/** Longest link that is looked at, in characters. */
export const LONGEST_LINK = 65_536

/** Begins the hash of every comparison link; the version follows. Programs put a slash or a bang behind the '#'. */
const FORM = /(?:^|#)[/!?]{0,3}c(\d{1,4})\.([\s\S]*)$/

/** The hash, without '#', that holds `body` in the format `version`. */
export function writeAddress(version: number, body: string): string {
  return `c${version}.${body}`
}

/**
 * Finds a comparison link in a hash, or in a whole address that somebody pasted; null when there is none.
 * Escapes are undone, and what cannot be seen is dropped: programs put it in when they break lines or copy text.
 */
export function readAddress(text: string): { version: number; body: string } | null {
  const found = FORM.exec(cleanText(unescapeText(text)).replace(/^[<("'[`]+/, ''))
  return found ? { version: Number(found[1]), body: found[2]! } : null
}

/**
 * The ways in which a link's body may have been written, the likeliest first: as it stands, without what stands
 * between its letters (marks of quoted mail, soft line breaks, backslashes), and with dashes that a word processor
 * made of two. A checksum tells which is right.
 */
export function bodiesOf(body: string): readonly string[] {
  const dashed = (en: string, em: string) => body.replaceAll('\u2013', en).replaceAll('\u2014', em)
  const read = [body, dashed('--', '---'), dashed('-', '--'), dashed('-', '-')]
  return [...new Set([...read.slice(0, 1), ...read.map((one) => one.replace(/[^\w-]+/g, ''))])]
}

/**
 * Where an address should have led whose hash some program escaped and so made a part of the path or the query:
 * `/%23c2.…` and `/?embed=1%23c2.…`. Null for all other addresses.
 *
 * @param address path and query as they came, beginning with a slash
 * @returns relative to that address, so it names no other host, and holds behind any prefix
 */
export function mendedAddress(address: string): string | null {
  const found = /%(?:25){0,3}23/i.exec(address)
  if (found === null || address.length > 4 * LONGEST_LINK) return null
  const rest = address.slice(found.index + found[0].length)
  if (readAddress(rest) === null && nameOfRecording(rest) === null) return null
  const before = address.slice(0, found.index)
  const query = before.indexOf('?')
  if (query >= 0) return `${before.slice(query)}#${rest}`
  // A slash in the hash made folders that are none.
  const up = '../'.repeat(rest.split('?')[0]!.split('/').length - 1)
  return `${up === '' ? './' : up}${before.slice(before.lastIndexOf('/') + 1)}#${rest}`
}

/** The recording that a hash names; null where it names none. */
export function nameOfRecording(hash: string): string | null {
  return /^#?[/!?]{0,3}recording\/([\w-]{1,80})$/.exec(cleanText(unescapeText(hash)))?.[1] ?? null
}
