import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { measure } from '../../trace/measure.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'
import { LONGEST_LINK } from './address.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { checksum, CHECKSUM_BYTES } from './checksum.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import { fuzzLinks } from './fuzz-links.ts'
import { publishedLinks } from './published-links.ts'
import { LIMITS } from './shared-comparison.ts'

const published = publishedLinks()
const story = published.get('v1-story.txt')!
const shared = (() => {
  const decoded = decodeLink(story)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.shared
})()

function laneOf(trace: Trace, { pieces }: Comparison) {
  const last = frameAt(trace, trace.steps.length)
  return {
    answer: answerText(last, pieces, trace.header.vocabulary),
    ids: last.cells.map(({ id }) => id),
    committedAt: last.cells.map(({ committedAt }) => committedAt ?? 0),
    confidence255: last.cells.map(({ confidence }) => Math.round((confidence ?? 0) * 255)),
    ms: measure(trace, trace.steps.length).ms,
    settings: trace.header.settings,
    model: trace.header.model,
    device: trace.header.device,
    status: trace.status,
    commits: trace.steps.reduce((sum, { commits }) => sum + commits.length, 0),
    lastReason: trace.steps.at(-1)?.commits.at(-1)?.reason ?? null,
  }
}

describe('links that were published', () => {
  it.each([...published])('%s is read for ever', (name, link) => {
    const decoded = decodeLink(link)
    if (!decoded.ok) throw new Error(decoded.message)
    const { comparison, playhead, caption, teacher } = fromShared(decoded.shared)
    const expected: unknown = JSON.parse(
      readFileSync(new URL(`./fixtures/${name.replace('.txt', '.json')}`, import.meta.url), 'utf8'),
    )
    expect({
      prompt: comparison.prompt,
      recordedAt: comparison.recordedAt,
      playhead,
      caption,
      teacher,
      diffusion: laneOf(comparison.diffusion, comparison),
      autoregressive: laneOf(comparison.autoregressive, comparison),
    }).toEqual(expected)
  })

  it('include one of every kind that a link can hold', () => {
    expect(published.size).toBeGreaterThanOrEqual(4)
  })

  it('are written the same today', () => {
    for (const link of published.values()) {
      const decoded = decodeLink(link)
      expect(decoded.ok && encodeLink(decoded.shared)).toBe(link)
    }
  })
})

describe('a link on its way', () => {
  const half = Math.floor(story.length / 2)
  const ways: readonly (readonly [string, string])[] = [
    ['as it is', story],
    ['with its #', `#${story}`],
    ['as a whole address', `https://example.org/page/?embed=1#${story}`],
    ['with an escaped #', `https://example.org/%23${story}`],
    ['escaped', `#${story.replace('.', '%2E').replace(/-/g, '%2D').replace(/_/g, '%5f')}`],
    ['escaped twice', `%2523${story.replace('.', '%252E').replace(/-/g, '%252D')}`],
    ['broken over lines', `${story.slice(0, half)}\r\n  ${story.slice(half)}\n`],
    ...['.', ',', ')', '>', '!', '?', ';', '”', '…', '*', '_', '__', ')].', '%20', '&lt;', '\u200b'].map(
      (end) => [`before "${end}"`, `${story}${end}`] as const,
    ),
    ...['<', '(', '"', '`'].map((start) => [`behind "${start}"`, `${start}#${story}${start}`] as const),
  ]
  it.each(ways)('is read %s', (_, hash) => {
    expect(decodeLink(hash)).toEqual({ ok: true, shared })
  })

  it.each([
    ['nothing', '', 'not-a-link'],
    ['a word', '#about', 'not-a-link'],
    ['a prompt', 'What is c1. in this?', 'not-a-link'],
    ['a version to come', story.replace('c1.', 'c2.'), 'unknown-version'],
    ['a version far off', story.replace('c1.', 'c9999.'), 'unknown-version'],
    ['nothing behind the version', 'c1.', 'damaged'],
    ['a half', story.slice(0, half), 'damaged'],
    ['all but a letter', story.slice(0, -2), 'damaged'],
    [
      'a changed letter',
      `${story.slice(0, half)}${story[half] === 'A' ? 'B' : 'A'}${story.slice(half + 1)}`,
      'damaged',
    ],
    ['the greatest length', `c1.${'A'.repeat(LONGEST_LINK)}`, 'damaged'],
    ['far more than that', `c1.${'A'.repeat(10_000_000)}`, 'not-a-link'],
    ['escapes without end', '%25'.repeat(50_000), 'not-a-link'],
    ['markup', '#c1.<img src=x onerror=alert(1)>', 'damaged'],
  ] as const)('is refused as what it is: %s', (_, hash, kind) => {
    const start = performance.now()
    const decoded = decodeLink(hash)
    expect(performance.now() - start).toBeLessThan(1000)
    expect(decoded).toMatchObject({ ok: false, kind, message: expect.stringMatching(/\.$/) })
  })

  it('says of a strategy that this page does not know that the page is too old', () => {
    const strange = { ...shared.diffusion.settings, strategy: 'clairvoyant' as 'random' }
    expect(() => encodeLink({ ...shared, diffusion: { ...shared.diffusion, settings: strange } })).toThrow()
    const raw = raw1(`{"prompt":"","diffusion":{"strategy":"clairvoyant"}}`)
    expect(decodeLink(raw)).toMatchObject({ ok: false, kind: 'unknown-version' })
  })
})

/** A sealed link whose words are `words`, raw, before columns of zeros. */
function raw1(words: string): string {
  const text = new TextEncoder().encode(words)
  // Head: raw (0), the text's length and 16 bytes of columns, each exponential-Golomb of order 8.
  const bits = `0${golomb(text.length)}${golomb(16)}`
  const head = Uint8Array.from(bits.match(/.{1,8}/g)!, (byte) => parseInt(byte.padEnd(8, '0'), 2))
  const body = Uint8Array.from([...head, ...text, ...new Uint8Array(16)])
  return `c1.${toBase64url(Uint8Array.from([...checksum(body), ...body]))}`
}

function golomb(value: number): string {
  const bits = (value + 256).toString(2)
  return `${'1'.repeat(bits.length - 9)}0${bits.slice(1)}`
}

describe('a comparison that does not fit', () => {
  it('is refused with a sentence that says what to do', () => {
    const prompt = Array.from({ length: 120_000 }, (_, at) =>
      String.fromCharCode(33 + ((at * at) % 90)),
    ).join('')
    expect(() => encodeLink({ ...shared, prompt })).toThrow('Save it as a file')
  })
})

describe('hostile hashes', () => {
  it('neither throw nor take long', () => {
    const { results, slowestMs, longestLinkMs } = fuzzLinks(published, 2000, 7)
    expect(Object.keys(results).sort()).toEqual(['damaged', 'not-a-link', 'read', 'unknown-version'])
    expect(slowestMs).toBeLessThan(1000)
    expect(longestLinkMs).toBeLessThan(1000)
  })

  it('that claim as many steps and positions as a link may are read in bounded time', () => {
    const steps = Array.from({ length: LIMITS.steps }, (_, step) => ({
      block: [step % 2, LIMITS.positions] as const,
      ticks: 1,
      of: 0,
      quota: 0,
    }))
    const commits = Array.from({ length: LIMITS.positions }, (_, position) => ({
      step: 1 + (position % LIMITS.steps),
      position,
      id: shared.pieces[position % 20]![0],
      confidence: 100,
      rule: 'next' as const,
    }))
    const answerLength = LIMITS.positions
    const { diffusion, autoregressive } = shared
    const link = encodeLink({
      ...shared,
      diffusion: { ...diffusion, settings: { ...diffusion.settings, answerLength }, steps, commits },
      autoregressive: {
        ...autoregressive,
        settings: { ...autoregressive.settings, answerLength },
        steps,
        commits,
      },
    })
    const start = performance.now()
    expect(decodeLink(link).ok).toBe(true)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('cannot blow up: deflated zeros end at the limit', async () => {
    const { deflateSync } = await import('fflate')
    const bomb = deflateSync(new Uint8Array(40_000_000), { level: 9 })
    const bits = `1${golomb(bomb.length)}${golomb(0)}`
    const head = Uint8Array.from(bits.match(/.{1,8}/g)!, (byte) => parseInt(byte.padEnd(8, '0'), 2))
    const body = Uint8Array.from([...head, ...bomb])
    const link = `c1.${toBase64url(Uint8Array.from([...checksum(body), ...body]))}`
    expect(link.length).toBeLessThan(LONGEST_LINK)
    const start = performance.now()
    expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'damaged' })
    expect(performance.now() - start).toBeLessThan(500)
    expect(fromBase64url(link.slice(3)).length).toBe(body.length + CHECKSUM_BYTES)
  })
})
