import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cellTexts } from '../trace/decode-pieces.ts'
import type { Comparison, Lane } from './comparison.ts'
import { decodeComparison, encodeComparison } from './comparison-file.ts'
import { decodeLink } from './link/decode-link.ts'
import { encodeLink } from './link/encode-link.ts'
import { fromShared } from './link/from-shared.ts'
import { toShared } from './link/to-shared.ts'
import { cellsAsBefore } from './testing/cells-as-before.ts'
import { publishedLinks } from './testing/published-links.ts'

const FOLDER = new URL('./fixtures/', import.meta.url)

/**
 * What was drawn at every step of both lanes before comparisons had lanes: a digest a step of every cell's mark and
 * text. Never written again.
 */
const BEFORE = JSON.parse(readFileSync(new URL('drawn-before.json', FOLDER), 'utf8')) as Readonly<
  Record<string, Readonly<Record<'diffusion' | 'autoregressive', string>>>
>

const MARKS: Readonly<Record<string, string>> = { masked: '_', guess: '?', end: '.' }

function drawn({ trace, pieces }: Lane): string {
  if (trace === null) return ''
  const { vocabulary } = trace.header
  return Array.from({ length: trace.steps.length + 1 }, (_, step) => {
    const cells = cellsAsBefore(trace, step)
    const texts = cellTexts(
      cells.map(({ id }) => id),
      pieces,
      vocabulary,
    )
    const all = cells.map(({ state }, at) => `${MARKS[state] ?? '='}${texts[at]!}`).join('\u0001')
    return createHash('sha256').update(all).digest('hex').slice(0, 8)
  }).join(' ')
}

function opened(name: string): Comparison {
  if (name.startsWith('links/')) {
    const decoded = decodeLink(publishedLinks().get(name.slice('links/'.length))!)
    if (!decoded.ok) throw new Error(decoded.message)
    return fromShared(decoded.shared).comparison
  }
  const decoded = decodeComparison(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')))
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

function expectAsBefore({ lanes }: Comparison, name: string) {
  const [diffusion, autoregressive] = lanes
  expect(lanes.map(({ decoder }) => decoder)).toEqual(['diffusion', 'autoregressive'])
  expect(drawn(diffusion!)).toBe(BEFORE[name]!.diffusion)
  // A lane that never ran was a trace without steps: one empty frame.
  if (autoregressive!.trace === null) expect(BEFORE[name]!.autoregressive).toMatch(/^\w{8}$/)
  else expect(drawn(autoregressive!)).toBe(BEFORE[name]!.autoregressive)
}

describe('what was saved and shared before comparisons had lanes', () => {
  it('is all there', () => {
    const files = readdirSync(new URL('version-1/', FOLDER)).map((file) => `version-1/${file}`)
    const links = [...publishedLinks().keys()]
      .filter((name) => name.startsWith('v2-'))
      .map((name) => `links/${name}`)
    expect(Object.keys(BEFORE).sort()).toEqual([...files, ...links].sort())
  })

  it.each(Object.keys(BEFORE))('draws the same at every step: %s', (name) => {
    expectAsBefore(opened(name), name)
  })

  it.each(Object.keys(BEFORE))('still does when it is saved again: %s', (name) => {
    const saved = decodeComparison(encodeComparison(opened(name), { candidates: 5 }))
    if (!saved.ok) throw new Error(saved.message)
    expectAsBefore(saved.comparison, name)
  })

  it.each(Object.keys(BEFORE).filter((name) => name.startsWith('links/')))(
    'still does when it is shared again: %s',
    (name) => {
      const link = encodeLink(toShared(opened(name), { clock: 'time', steps: [] }))
      const decoded = decodeLink(link)
      if (!decoded.ok) throw new Error(decoded.message)
      expectAsBefore(fromShared(decoded.shared).comparison, name)
    },
  )

  it('gives each of two models its own ids back', () => {
    const { lanes } = opened('version-1/two-models.json')
    const [one, other] = lanes.map(({ trace }) => trace!.header)
    expect(other!.model.name).toBe('another-model')
    expect(other!.vocabulary).toEqual(one!.vocabulary)
    expect(other!.promptIds).toEqual(one!.promptIds)
  })
})
