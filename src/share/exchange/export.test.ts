import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { decodeLink } from '../link/decode-link.ts'
import { fromShared } from '../link/from-shared.ts'
import { comparisons } from '../testing/arbitrary-comparison.ts'
import { publishedLinks } from '../testing/published-links.ts'
import { exportJson } from './export-json.ts'
import { exportMarkdown } from './export-markdown.ts'
import { importFile } from './import-file.ts'

function opened(name: string) {
  const decoded = decodeLink(publishedLinks().get(name)!)
  if (!decoded.ok) throw new Error(decoded.message)
  return fromShared(decoded.shared).comparison
}

function imported(text: string) {
  const result = importFile(text)
  if (!result.ok) throw new Error(result.message)
  expect(result.notes).toEqual([])
  return result.comparison
}

/** What is drawn of a lane at every step. */
function drawn({ trace }: Lane) {
  return trace?.steps.map(({ step }) => frameAt(trace, step).cells.map(({ state, id }) => [state, id]))
}

function answer({ trace, pieces }: Lane): string {
  return answerText(frameAt(trace!, trace!.steps.length), pieces, trace!.header.vocabulary)
}

describe('a saved comparison', () => {
  it.each([...publishedLinks().keys()])(
    'that came in the link %s is read back, and saved again the same',
    (name) => {
      const comparison = opened(name)
      const text = exportJson(comparison)
      const again = imported(text)
      expect(JSON.parse(exportJson(again))).toEqual(JSON.parse(text))
      expect(again.lanes.map(drawn)).toEqual(comparison.lanes.map(drawn))
      const ran = ({ lanes }: Comparison) => lanes.filter(({ trace }) => trace !== null)
      expect(ran(again).map(answer)).toEqual(ran(comparison).map(answer))
    },
  )

  it('keeps every candidate of every row', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const again = imported(exportJson(comparison))
        const rows = ({ lanes }: Comparison) =>
          lanes.map(({ trace }) => trace?.steps.map(({ k, ids, guesses }) => [k, [...ids], [...guesses]]))
        expect(rows(again)).toEqual(rows(comparison))
      }),
      { numRuns: 50 },
    )
  })
})

describe('Markdown', () => {
  it('holds every answer under its name, and their numbers', () => {
    const { lanes, ...rest } = opened('v2-story.txt')
    const third = { ...lanes[0]!, id: 'third', name: 'In *blocks*' }
    const waiting = { ...lanes[1]!, id: 'fourth', name: 'Waiting', trace: null }
    const text = exportMarkdown({ ...rest, lanes: [...lanes, third, waiting] })
    for (const lane of lanes) {
      expect(answer(lane).length).toBeGreaterThan(20)
      expect(text).toContain(`## ${lane.name}\n\n\`\`\`text\n${answer(lane)}\n`)
    }
    expect(text).toContain('## ` In *blocks* `')
    expect(text).toContain('## Waiting\n\nIt has not begun.')
    expect(text).toContain(
      '| | Diffusion | Autoregressive | ` In *blocks* ` | Waiting |\n|---|---|---|---|---|',
    )
    expect(text).toMatch(/\| Forward passes \| \d+ \| \d+ \| \d+ \| – \|/)
    expect(text).toMatch(/\| Time \(ms\) \| \d+\.\d \| \d+\.\d \| \d+\.\d \| – \|/)
  })

  it('keeps backticks, bars and markup of the prompt and the model inside code', () => {
    const comparison = opened('v2-story.txt')
    const prompt = '```\n<script>alert(1)</script>\n````` | end'
    const model = { ...comparison.lanes[0]!.trace!.header.model, name: 'a`b|<img>\n```' }
    const lanes = comparison.lanes.map((lane) => {
      const trace = lane.trace!
      return { ...lane, trace: { ...trace, header: { ...trace.header, model } } }
    })
    const text = exportMarkdown({ ...comparison, prompt, lanes })
    expect(text).toContain(`\`\`\`\`\`\`text\n${prompt}\n\`\`\`\`\`\``)
    const row = text.split('\n').find((line) => line.startsWith('| Model'))!
    expect(row).toContain('```` a`b¦<img> ``` ')
    expect(row.split('|').length).toBe(5)
  })
})
