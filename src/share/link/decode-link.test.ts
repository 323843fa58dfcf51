import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { measure } from '../../trace/measure.ts'
import type { Lane } from '../comparison.ts'
import { cellsAsBefore } from '../testing/cells-as-before.ts'
import { fuzzLinks } from '../testing/fuzz-links.ts'
import { publishedLinks } from '../testing/published-links.ts'
import { LONGEST_LINK, mendedAddress, readAddress } from './address.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { AdaptiveNumbers, codePlain } from './coding/adaptive.ts'
import { BitEncoder } from './coding/bit-coder.ts'
import { seal } from './coding/seal.ts'
import { TextCoder } from './coding/text-coder.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import type { SharedComparison, SharedRun } from './shared-comparison.ts'
import { PRIMER as PRIMER_2 } from './version-2/primer.ts'
import * as version2Tables from './version-2/tables.ts'
import { readVersion2, writeVersion2 } from './version-2/version-2.ts'
import { PRIMER as PRIMER_3 } from './version-3/primer.ts'
import * as version3Tables from './version-3/tables.ts'

const { LIMITS } = version3Tables
const published = publishedLinks()
const ofVersion2 = [...published].filter(([name]) => name.startsWith('v2'))

function read(link: string): SharedComparison {
  const decoded = decodeLink(link)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.shared
}

const shared = read(published.get('v2-story.txt')!)
const story = encodeLink(shared)

/** Milliseconds that this process has computed for: a busy machine counts for nothing. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What a fixture says of a lane. */
interface Expected {
  readonly ids: readonly number[]
  readonly settings: object
  readonly lastReason: { readonly rule: string } | null
  readonly ms: number
}

/** What is drawn and told of a lane in the end; settings as far as its strategy has them. */
function drawn({ trace, pieces }: Lane) {
  if (trace === null) return null
  const end = trace.steps.length
  const cells = cellsAsBefore(trace, end)
  const { vocabulary, model, device } = trace.header
  return {
    answer: answerText(frameAt(trace, end), pieces, vocabulary),
    ids: cells.map(({ id }) => id ?? vocabulary.mask),
    committedAt: cells.map(({ committedAt }) => committedAt ?? 0),
    confidence255: cells.map(({ confidence }) => Math.round((confidence ?? 0) * 255)),
    ms: measure(trace, end).ms,
    model,
    device,
    status: trace.status,
    commits: trace.steps.reduce((sum, { commits }) => sum + commits.length, 0),
  }
}

function expectLane(lane: Lane, { settings, lastReason, ...expected }: Expected) {
  if (lane.trace === null) {
    expect(expected.ids).toEqual([])
    return
  }
  expect(drawn(lane)).toEqual(expected)
  const { header, steps } = lane.trace
  expect(settings).toMatchObject(header.settings)
  const commit = steps.at(-1)?.commits.at(-1)
  const known = commit?.id === header.vocabulary.mask ? { rule: 'taken-back' } : { rule: 'unknown' }
  const isTold = header.knowledge.reasons && known.rule === 'unknown'
  if (commit !== undefined) expect(commit.reason).toEqual(isTold ? lastReason : known)
  else expect(lastReason).toBeNull()
}

function expectPublished(name: string, link: string) {
  const { comparison, playhead, caption, teacher } = fromShared(read(link))
  const expected = JSON.parse(
    readFileSync(new URL(`./fixtures/${name.replace('.txt', '.json')}`, import.meta.url), 'utf8'),
  ) as { diffusion: Expected; autoregressive: Expected; playhead: number; recordedAt: string }
  const { prompt, recordedAt, lanes } = comparison
  const { diffusion, autoregressive, playhead: step, ...rest } = expected
  // 1970 stood for a date that was not known.
  const date = recordedAt ?? new Date(0).toISOString()
  expect({ prompt, recordedAt: date, caption, teacher }).toEqual(rest)
  expect(playhead).toEqual({ clock: 'time', steps: [step, null] })
  expectLane(lanes[0]!, diffusion)
  expectLane(lanes[1]!, autoregressive)
}

describe('links that were published', () => {
  it.each(ofVersion2)('%s is read for ever', expectPublished)

  it('are of every version that was given away', () => {
    const versions = new Set([...published.values()].map((link) => link.slice(0, link.indexOf('.'))))
    expect([...versions].sort()).toEqual(['c2', 'c3'])
  })

  it.each(ofVersion2)('%s is what its version writes today', (_, link) => {
    const bytes = fromBase64url(readAddress(link)!.body)
    expect(toBase64url(writeVersion2(readVersion2(bytes)))).toBe(link.slice('c2.'.length))
  })

  it.each([...published].filter(([name]) => name.startsWith('v3')))(
    '%s is written the same today',
    (name, link) => {
      expect(encodeLink(read(link))).toBe(link)
      const told: unknown = JSON.parse(
        readFileSync(new URL(`./fixtures/${name.replace('.txt', '.json')}`, import.meta.url), 'utf8'),
      )
      const { comparison, playhead, caption } = fromShared(read(link))
      const { prompt, leader, lanes } = comparison
      expect({
        ...{ prompt, leader, playhead, caption },
        lanes: lanes.map((lane) => ({
          ...{ id: lane.id, name: lane.name, source: lane.source, parent: lane.parent ?? null },
          settings: lane.trace?.header.settings ?? null,
          drawn: drawn(lane),
        })),
      }).toEqual(told)
    },
  )

  it('say the same when an old one is shared again', () => {
    for (const link of published.values()) expect(read(encodeLink(read(link)))).toEqual(read(link))
  })
})

describe('the tables of a version', () => {
  it('of version 2 are those with which its links were written', () => {
    expect(version2Tables.RULES).toEqual([
      'quota',
      'threshold',
      'factor',
      'at-least-one',
      'random',
      'tail',
      'next',
      'tail-free',
    ])
    expect(version2Tables.STATUSES).toEqual(['done', 'stopped', 'failed', 'running'])
  })

  it('are no other version’s: links of version 2 are read with strangers in all that came later', async () => {
    vi.resetModules()
    vi.doMock('../schema/reason.ts', async (original) => {
      const { ReasonSchema } = await original<{ ReasonSchema: object }>()
      return { ReasonSchema: { ...ReasonSchema, options: [] } }
    })
    vi.doMock('./version-3/tables.ts', async (original) => {
      const tables = await original<Pick<typeof version3Tables, 'reasonsOf' | 'LIMITS'>>()
      const reasonsOf = (settings: object) => [{ rule: 'stranger' }, ...tables.reasonsOf(settings)]
      return { ...tables, reasonsOf, LIMITS: { ...tables.LIMITS, positions: 7, tokens: 7 } }
    })
    const { decodeLink: decode } = await import('./decode-link.ts')
    for (const [name, link] of ofVersion2) expect([name, decode(link)]).toEqual([name, decodeLink(link)])
    vi.doUnmock('./version-3/tables.ts')
    vi.doUnmock('../schema/reason.ts')
    vi.resetModules()
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
    ['a version to come', story.replace('c3.', 'c4.'), 'unknown-version'],
    ['a version far off', story.replace('c3.', 'c9999.'), 'unknown-version'],
    ['a version that was never given away', story.replace('c3.', 'c1.'), 'unknown-version'],
    ['nothing behind the version', 'c3.', 'damaged'],
    ['a half', story.slice(0, half), 'damaged'],
    ['all but a letter', story.slice(0, -2), 'damaged'],
    [
      'a changed letter',
      `${story.slice(0, half)}${story[half] === 'A' ? 'B' : 'A'}${story.slice(half + 1)}`,
      'damaged',
    ],
    ['the greatest length', `c3.${'A'.repeat(LONGEST_LINK)}`, 'damaged'],
    ['far more than that', `c3.${'A'.repeat(10_000_000)}`, 'not-a-link'],
    ['escapes without end', '%25'.repeat(50_000), 'not-a-link'],
    ['markup', '#c3.<img src=x onerror=alert(1)>', 'damaged'],
  ] as const)('is refused as what it is: %s', (_, hash, kind) => {
    const start = cpuMs()
    const decoded = decodeLink(hash)
    expect(cpuMs() - start).toBeLessThan(1000)
    expect(decoded).toMatchObject({ ok: false, kind, message: expect.stringMatching(/\.$/) })
  })

  const lane = '{"run":{"settings":{"strategy":"clairvoyant"}}}'
  const run = (words: string) =>
    `{"prompt":"","lanes":[{"run":{"model":{"name":"","revision":"","parameters":0,"precision":""},"device":{"backend":"cpu","label":""},"vocabulary":{"size":9,"mask":0,"end":1,"suppressed":[]},${words}}}]}`
  it.each([
    ['a strategy', sealed3(`{"prompt":"","lanes":[${lane}]}`)],
    ['a strategy, in version 2', sealed2('{"prompt":"","diffusion":{"strategy":"clairvoyant"}}')],
    ['a rule', sealed3(run('"rules":[{"rule":"clairvoyance","sight":2}]'))],
    ['a status', sealed3(run('"status":"dreaming"'))],
    ['a field', sealed3('{"prompt":"","lanes":[{}],"mood":"good"}')],
    ['a clock', sealed3('{"prompt":"","clock":"moons","lanes":[{}]}')],
  ])('says of %s that this page does not know that the page is too old', (_, link) => {
    expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'unknown-version' })
  })

  it.each([
    ['no lanes', '{"prompt":"","lanes":[]}'],
    [
      'seven lanes',
      `{"prompt":"","lanes":[${Array.from({ length: 7 }, (_, at) => `{"id":"l${at}"}`).join()}]}`,
    ],
    ['two lanes of one id', '{"prompt":"","lanes":[{},{}]}'],
    ['no such leader', '{"prompt":"","leader":"x","lanes":[{}]}'],
    ['no such parent', '{"prompt":"","lanes":[{"parent":{"lane":"x","step":0}}]}'],
    ['a lane that descends from itself', '{"prompt":"","lanes":[{"parent":{"lane":"diffusion","step":0}}]}'],
  ])('is refused with %s', (_, words) => {
    expect(decodeLink(sealed3(words))).toMatchObject({ ok: false, kind: 'damaged' })
  })

  it('names a rule that is not in its version’s table by its words', () => {
    const [first, ...others] = shared.lanes
    const steps = first!.run!.steps.map((step) => ({
      ...step,
      of: 0,
      quota: 0,
      commits: step.commits.map((commit) => ({
        ...commit,
        reason: { rule: 'tail' as const, floor: 0.25 },
      })),
    }))
    const told = { ...shared, lanes: [{ ...first!, run: { ...first!.run!, steps } }, ...others] }
    expect(read(encodeLink(told))).toEqual(told)
  })
})

/** A sealed link of version 2 with these words, and nothing behind them. */
function sealed2(words: string): string {
  const encoder = new BitEncoder()
  codePlain(encoder, 32, 0)
  codePlain(encoder, 2, 0)
  new AdaptiveNumbers().code(encoder, 0, 0)
  new TextCoder(PRIMER_2, 24_000).code(encoder, 24_000, new TextEncoder().encode(words))
  return `c2.${toBase64url(seal(encoder.finish()))}`
}

/** A sealed link of version 3 with these words, and nothing behind them. */
function sealed3(words: string): string {
  const encoder = new BitEncoder()
  codePlain(encoder, 3, 0)
  new TextCoder(PRIMER_3, LIMITS.textBytes).code(encoder, LIMITS.textBytes, new TextEncoder().encode(words))
  return `c3.${toBase64url(seal(encoder.finish()))}`
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
    const lanes = 2
    const reason = { rule: 'next' as const }
    const none = { of: 0, quota: 0, edit: false, splices: [], said: [] }
    const ids = shared.tables[0]!.map(([id]) => id)
    const steps = Array.from({ length: LIMITS.steps / lanes }, (_, step) => ({
      ...none,
      block: [step % 2, LIMITS.positions] as const,
      ticks: 1,
      commits:
        step < LIMITS.positions
          ? [{ position: step, id: ids[step % ids.length]!, confidence: 100, reason }]
          : [],
    }))
    const long = (run: SharedRun) => ({
      ...run,
      settings: { ...run.settings, answerLength: LIMITS.positions },
      steps,
    })
    const link = encodeLink({
      ...shared,
      playhead: { clock: 'time', steps: [0, 0] },
      lanes: shared.lanes.map((lane) => ({ ...lane, run: long(lane.run!) })),
    })
    const start = cpuMs()
    expect(fromShared(read(link)).comparison.lanes).toHaveLength(lanes)
    expect(cpuMs() - start).toBeLessThan(5000)
  })

  it('cannot blow up: a long text that takes next to nothing ends at the limit', () => {
    const link = sealed3(' '.repeat(LIMITS.textBytes))
    expect(link.length).toBeLessThan(500)
    const start = cpuMs()
    expect(decodeLink(link)).toMatchObject({ ok: false, kind: 'damaged' })
    expect(cpuMs() - start).toBeLessThan(1000)
  })
})
