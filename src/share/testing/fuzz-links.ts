import { randomAt, type Random } from '../../core/random.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import { LONGEST_LINK, readAddress, writeAddress } from '../link/address.ts'
import { fromBase64url, toBase64url } from '../link/base64url.ts'
import { decodeLink, type DecodedLink } from '../link/decode-link.ts'
import { encodeLink } from '../link/encode-link.ts'
import { fromShared } from '../link/from-shared.ts'
import { toShared } from '../link/to-shared.ts'
import { open, seal } from '../link/coding/seal.ts'

/** What came of it. */
export interface FuzzReport {
  /** How often each result came. */
  readonly results: Readonly<Record<string, number>>
  readonly slowestMs: number
  readonly slowest: string
  /** Slowest of the hashes that are as long as any that is looked at. */
  readonly longestLinkMs: number
}

function below(random: Random, n: number): number {
  return Math.floor(random.next() * n)
}

function bytesOf(random: Random, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, () => below(random, 256))
}

/** A few changes: a bit turned, a byte replaced, bytes cut out, doubled or put in. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const list = [...bytes]
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const at = below(random, list.length)
    const n = 1 + below(random, 8)
    switch (below(random, 5)) {
      case 0:
        list[at]! ^= 1 << below(random, 8)
        break
      case 1:
        list[at] = below(random, 256)
        break
      case 2:
        list.splice(at, n)
        break
      case 3:
        list.splice(at, 0, ...list.slice(at, at + n))
        break
      default:
        list.splice(at, 0, ...bytesOf(random, n))
    }
  }
  return Uint8Array.from(list)
}

interface Original {
  readonly version: number
  readonly bytes: Uint8Array
}

/** With the checksum that belongs to it, so that what lies behind the checksum is reached. */
function sealed(version: number, body: Uint8Array): string {
  return addressOf(version, seal(body))
}

function addressOf(version: number, bytes: Uint8Array): string {
  return writeAddress(version, toBase64url(bytes))
}

const LETTERS = 'c3.#%25 <>"&ABCxyz0189-_é😀\n\0'

/** One hostile hash; about half carry a right checksum. */
function draw(originals: readonly Original[], random: Random): string {
  const original = originals[below(random, originals.length)]!
  const { version, bytes } = original
  switch (below(random, 9)) {
    case 0:
      return addressOf(version, mutate(bytes, random))
    case 1:
      return Array.from({ length: below(random, 60) }, () => LETTERS[below(random, LETTERS.length)]).join('')
    case 2:
      return addressOf(version, bytesOf(random, below(random, 400)))
    case 3:
      return sealed(version, bytesOf(random, below(random, 400)))
    case 4:
      return addressOf(below(random, 12_000), bytes)
    case 5:
    case 6: {
      // The words stay whole, so that the columns are reached.
      const body = open(bytes)
      const cut = Math.floor(body.length * (0.6 + 0.35 * random.next()))
      return sealed(
        version,
        Uint8Array.from([...body.subarray(0, cut), ...mutate(body.subarray(cut), random)]),
      )
    }
    default:
      return sealed(version, mutate(open(bytes), random))
  }
}

/** Everything a page does with an opened link; throws if a decoded comparison cannot be used. */
function use(decoded: DecodedLink): string {
  if (!decoded.ok) return decoded.kind
  const { comparison, playhead } = fromShared(decoded.shared)
  comparison.lanes.forEach(({ trace }, lane) => {
    if (trace === null) return
    for (const step of [0, playhead.steps[lane] ?? 0, trace.steps.length]) {
      frameAt(trace, step)
      measure(trace, step)
    }
    if (trace.header.settings.answerLength <= 256) kendallTau(trace)
  })
  if (comparison.prompt.length < 1000) encodeLink(toShared(comparison, playhead))
  return 'read'
}

/**
 * Decodes `rounds` mutated and random hashes and uses what is read. Throws what the decoder throws, which is
 * nothing; times the decoder alone.
 *
 * @param published whole links to start from
 */
export function fuzzLinks(published: ReadonlyMap<string, string>, rounds: number, seed: number): FuzzReport {
  const originals = [...published.values()].map((link): Original => {
    const { version, body } = readAddress(link)!
    return { version, bytes: fromBase64url(body) }
  })
  const results: Record<string, number> = {}
  let slowestMs = 0
  let slowest = ''
  const timed = (hash: string) => {
    const start = performance.now()
    const decoded = decodeLink(hash)
    return { decoded, ms: performance.now() - start }
  }
  for (let round = 0; round < rounds; round++) {
    const hash = draw(originals, randomAt(seed, round))
    const first = timed(hash)
    let { ms } = first
    // The least of several tries: a pause of the machine is not the decoder's.
    for (let tries = 0; tries < 3 && ms > slowestMs; tries++) ms = Math.min(ms, timed(hash).ms)
    if (ms > slowestMs) [slowestMs, slowest] = [ms, hash]
    const result = use(first.decoded)
    results[result] = (results[result] ?? 0) + 1
  }

  let longestLinkMs = 0
  for (let round = 0; round < Math.min(200, rounds / 100); round++) {
    const random = randomAt(seed + 1, round)
    const body = bytesOf(random, Math.floor(LONGEST_LINK * 0.7))
    // Long runs: what blows up most.
    if (round % 2 === 1) body.fill(below(random, 256), 8 + below(random, 40))
    const original = originals[round % originals.length]!
    if (round % 4 === 3) body.set(open(original.bytes))
    const hash = sealed(original.version, body)
    longestLinkMs = Math.max(longestLinkMs, Math.min(timed(hash).ms, timed(hash).ms))
  }
  return { results, slowestMs, slowest, longestLinkMs }
}
