import { inline } from '../exchange/markdown.ts'
import type { Comparison } from '../comparison.ts'
import { COLUMNS, numberIn } from './columns.ts'
import { resultsOf } from './results.ts'

/** The lanes that have ended as a table of Markdown, under their prompt. */
export function resultsMarkdown(comparison: Comparison): string {
  const rows = resultsOf(comparison).map((result) => [
    inline(result.name),
    ...COLUMNS.map((column) => numberIn(column, result) ?? '–'),
    result.sameAs === null ? '–' : inline(result.sameAs),
    inline(result.text),
  ])
  const head = ['Lane', ...COLUMNS.map(({ name }) => name), 'Same text as', 'Text']
  const rule = head.map((_, at) => (at > 0 && at <= COLUMNS.length ? '---:' : '---'))
  const lines = [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return [
    `Prompt: ${inline(comparison.prompt)}`,
    lines.join('\n'),
    'Each lane ran by itself. Likelihood is the lane’s own, a token: the geometric mean of the probabilities at which it committed.',
  ]
    .join('\n\n')
    .concat('\n')
}
