import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { measure } from '../../trace/measure.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'
import { LONGEST_LINK, mendedAddress } from './address.ts'
import { toBase64url } from './base64url.ts'
import { checksum } from './checksum.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import { fuzzLinks } from './fuzz-links.ts'
import { publishedLinks } from './published-links.ts'
import { LIMITS } from './shared-comparison.ts'
import { AdaptiveNumbers, codePlain } from './version-2/adaptive.ts'
import { BitEncoder } from './version-2/bit-coder.ts'
import { seal } from './version-2/seal.ts'
import { MOST_BYTES, TextCoder } from './version-2/text-coder.ts'

const published = publishedLinks()
const story = published.get('v2-story.txt')!
const shared = (() => {
  const decoded = decodeLink(story)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.shared
})()

/** Milliseconds that this process has computed for: a busy machine counts for nothing. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

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

  it('are of every version', () => {
    const versions = new Set([...published.values()].map((link) => link.slice(0, link.indexOf('.'))))
    expect([...versions].sort()).toEqual(['c1', 'c2'])
  })

  it.each([...published].filter(([name]) => name.startsWith('v2')))(
    '%s is written the same today',
    (_, link) => {
      const decoded = decodeLink(link)
      expect(decoded.ok && encodeLink(decoded.shared)).toBe(link)
    },
  )

  it('say the same when an old one is shared again', () => {
    for (const link of published.values()) {
      const decoded = decodeLink(link)
      if (!decoded.ok) throw new Error(decoded.message)
      expect(decodeLink(encodeLink(decoded.shared))).toEqual(decoded)
    }
  })
})

const wide = (text: string) =>
  text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

describe('an address whose hash was escaped', () => {
  it.each([
    [`/%23${story}`, `/#${story}`],
    [`/page/?embed=1%23${story}`, `/page/?embed=1#${story}`],
    [`/%2523${story}`, `/#${story}`],
    [`/page/index.html%23/${story}`, `/page/index.html#/${story}`],
    ['/?embed=1%23recording/story', '/?embed=1#recording/story'],
    ['/%23recording%2Fstory', '/#recording%2Fstory'],
    // Nobody is sent to another host.
    [`//evil.example/%23${story}`, `//evil.example/#${story}`],
    [`/\\evil.example/%23${story}`, `//evil.example/#${story}`],
  ])('is mended: %s', (address, right) => {
    const here = `https://example.org${address}`
    expect(new URL(mendedAddress(address)!, here).href).toBe(`https://example.org${right}`)
  })

  it.each(['/', '/?q=%23', '/%23', '/a%23b.js', '/?color=%23c0ffee', '/assets/c2.js', `/${story}`])(
    'is left alone where it holds no link: %s',
    (address) => {
      expect(mendedAddress(address)).toBeNull()
    },
  )
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
    ...[
      '\u00ad',
      '\u2060',
      '\u00a0',
      '\u200b',
      '\u200d',
      '\ufeff',
      '\u202e',
      '\ufe0f',
      '\u3164',
      '\u2800',
      '\u2028',
    ].flatMap((odd) => {
      const name = odd.charCodeAt(0).toString(16)
      const broken = story.slice(0, half) + odd + story.slice(half)
      return [
        [`with a U+${name} in it`, broken],
        [`with an escaped U+${name} in it`, `#${encodeURIComponent(broken)}`],
        [`with a U+${name} before it`, `#${odd}${story}`],
      ] as const
    }),
    ...['=\r\n', '=', '\n> ', '\n>> ', '%0A%3E%20', '%3E%20', '\\', ' | ', '*\n'].map(
      (odd) => [`with ${JSON.stringify(odd)} in it`, story.slice(0, half) + odd + story.slice(half)] as const,
    ),
    ...['#/', '#!', '#!/', '#?', '/#/'].map((start) => [`behind "${start}"`, `${start}${story}`] as const),
    ['with hyphens that do not break', `#${story.replaceAll('-', '\u2011')}`],
    ['with dashes for two hyphens', `#${story.replaceAll('---', '\u2014').replaceAll('--', '\u2013')}`],
    ['with dashes for hyphens', `#${story.replaceAll('-', '\u2013')}`],
    ['in letters of double width', `#${wide(story)}`],
    ['in a quoted mail', `> see https://example.org/#${story.slice(0, half)}\n> ${story.slice(half)}\n> Bye`],
  ]
  it.each(ways)('is read %s', (_, hash) => {
    expect(decodeLink(hash)).toEqual({ ok: true, shared })
  })

  it.each([
    ['nothing', '', 'not-a-link'],
    ['a word', '#about', 'not-a-link'],
    ['a prompt', 'What is c1. in this?', 'not-a-link'],
    ['a version to come', story.replace('c2.', 'c3.'), 'unknown-version'],
    ['a version far off', story.replace('c2.', 'c9999.'), 'unknown-version'],
    ['nothing behind the version', 'c2.', 'damaged'],
    ['a half', story.slice(0, half), 'damaged'],
    ['all but a letter', story.slice(0, -2), 'damaged'],
    [
      'a changed letter',
      `${story.slice(0, half)}${story[half] === 'A' ? 'B' : 'A'}${story.slice(half + 1)}`,
      'damaged',
    ],
    ['the greatest length', `c2.${'A'.repeat(LONGEST_LINK)}`, 'damaged'],
    ['far more than that', `c1.${'A'.repeat(10_000_000)}`, 'not-a-link'],
    ['escapes without end', '%25'.repeat(50_000), 'not-a-link'],
    ['markup', '#c1.<img src=x onerror=alert(1)>', 'damaged'],
  ] as const)('is refused as what it is: %s', (_, hash, kind) => {
    const start = cpuMs()
    const decoded = decodeLink(hash)
    expect(cpuMs() - start).toBeLessThan(1000)
    expect(decoded).toMatchObject({ ok: false, kind, message: expect.stringMatching(/\.$/) })
  })

  it('says of a strategy that this page does not know that the page is too old', () => {
    const strange = { ...shared.diffusion.settings, strategy: 'clairvoyant' as 'random' }
    expect(() => encodeLink({ ...shared, diffusion: { ...shared.diffusion, settings: strange } })).toThrow()
    const words = new TextEncoder().encode(`{"prompt":"","diffusion":{"strategy":"clairvoyant"}}`)
    for (const link of [sealed1(words, false), sealed2(words)]) {
      expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'unknown-version' })
    }
  })
})

/** A sealed link of version 1: a text, as it is or deflated, before columns of zeros. */
function sealed1(text: Uint8Array, isDeflated: boolean): string {
  const bits = `${Number(isDeflated)}${golomb(text.length)}${golomb(16)}`
  const head = Uint8Array.from(bits.match(/.{1,8}/g)!, (byte) => parseInt(byte.padEnd(8, '0'), 2))
  const body = Uint8Array.from([...head, ...text, ...new Uint8Array(16)])
  return `c1.${toBase64url(Uint8Array.from([...checksum(body), ...body]))}`
}

/** A sealed link of version 2 with these words, and nothing behind them. */
function sealed2(words: Uint8Array): string {
  const encoder = new BitEncoder()
  codePlain(encoder, 32, 0)
  codePlain(encoder, 2, 0)
  new AdaptiveNumbers().code(encoder, 0, 0)
  new TextCoder().code(encoder, MOST_BYTES, words)
  return `c2.${toBase64url(seal(encoder.finish()))}`
}

/** Exponential-Golomb code of order 8, as letters. */
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
    const { results, slowestMs, longestLinkMs } = fuzzLinks(published, 1000, 7)
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
    const start = cpuMs()
    expect(decodeLink(link).ok).toBe(true)
    expect(cpuMs() - start).toBeLessThan(3000)
  })

  it('cannot blow up: deflated zeros end at the limit', async () => {
    const { deflateSync } = await import('fflate')
    const bomb = deflateSync(new Uint8Array(40_000_000), { level: 9 })
    const link = sealed1(bomb, true)
    expect(link.length).toBeLessThan(LONGEST_LINK)
    const start = cpuMs()
    expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'damaged' })
    expect(cpuMs() - start).toBeLessThan(500)
  })

  it('cannot blow up: a long text that takes next to nothing ends at the limit', () => {
    const link = sealed2(new Uint8Array(MOST_BYTES).fill(0x20))
    expect(link.length).toBeLessThan(500)
    const start = cpuMs()
    expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'damaged' })
    expect(cpuMs() - start).toBeLessThan(1000)
  })
})
