import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { comparisons } from '../link/arbitrary-comparison.ts'
import { decodeLink } from '../link/decode-link.ts'
import { fromShared } from '../link/from-shared.ts'
import { publishedLinks } from '../link/published-links.ts'
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
  if (result.kind !== 'comparison') throw new Error('a run')
  return result.comparison
}

describe('a saved comparison', () => {
  it.each([...publishedLinks().keys()])(
    'that came in the link %s is read back, and saved again the same',
    (name) => {
      const text = exportJson(opened(name))
      const again = imported(text)
      expect(JSON.parse(exportJson(again))).toEqual(JSON.parse(text))
      const { diffusion, pieces } = opened(name)
      for (let step = 0; step <= diffusion.steps.length; step++) {
        const [was, is] = [frameAt(diffusion, step), frameAt(again.diffusion, step)]
        expect(is.cells.map(({ state, id }) => [state, id])).toEqual(
          was.cells.map(({ state, id }) => [state, id]),
        )
      }
      const last = frameAt(diffusion, diffusion.steps.length)
      expect(answerText(last, again.pieces, again.diffusion.header.vocabulary)).toBe(
        answerText(last, pieces, diffusion.header.vocabulary),
      )
    },
  )

  it('keeps every candidate of every row', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const again = imported(exportJson(comparison))
        const rows = ({ steps }: typeof comparison.diffusion) =>
          steps.map(({ k, ids, guesses }) => [k, [...ids], [...guesses]])
        expect(rows(again.diffusion)).toEqual(rows(comparison.diffusion))
        expect(again.autoregressive.steps.length).toBe(comparison.autoregressive.steps.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('Markdown', () => {
  it('holds both answers and their numbers', () => {
    const comparison = opened('v1-story.txt')
    const text = exportMarkdown(comparison)
    for (const trace of [comparison.diffusion, comparison.autoregressive]) {
      const answer = answerText(
        frameAt(trace, trace.steps.length),
        comparison.pieces,
        trace.header.vocabulary,
      )
      expect(answer.length).toBeGreaterThan(20)
      expect(text).toContain(`\n${answer}\n`)
    }
    expect(text).toMatch(/\| Forward passes \| \d+ \| \d+ \|/)
    expect(text).toMatch(/\| Time \(ms\) \| \d+\.\d \| \d+\.\d \|/)
  })

  it('keeps backticks, bars and markup of the prompt and the model inside code', () => {
    const comparison = opened('v1-story.txt')
    const prompt = '```\n<script>alert(1)</script>\n````` | end'
    const { header } = comparison.diffusion
    const model = { ...header.model, name: 'a`b|<img>\n```' }
    const text = exportMarkdown({
      ...comparison,
      prompt,
      diffusion: { ...comparison.diffusion, header: { ...header, model } },
    })
    expect(text).toContain(`\`\`\`\`\`\`text\n${prompt}\n\`\`\`\`\`\``)
    const row = text.split('\n').find((line) => line.startsWith('| Model'))!
    expect(row).toContain('```` a`b¦<img> ``` ')
    expect(row.split('|').length).toBe(5)
  })
})
