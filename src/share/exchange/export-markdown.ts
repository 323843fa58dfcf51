import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import type { Trace, TraceHeader } from '../../trace/trace.ts'
import { isText } from '../../trace/knowledge.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { block, inline } from './markdown.ts'

function settingsOf(header: TraceHeader): string {
  return Object.entries(header.settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

function decimals(value: number, digits: number): string {
  return value.toFixed(digits)
}

/** Name of a number, and how it is read off a trace. */
const NUMBERS: readonly (readonly [string, (trace: Trace) => string])[] = [
  ['Model', ({ header }) => inline(`${header.model.name} ${header.model.revision}`)],
  ['Parameters', ({ header: { model } }) => (model.parameters === 0 ? '–' : String(model.parameters))],
  ['Precision', ({ header }) => inline(header.model.precision)],
  ['Device', ({ header }) => inline(header.device.label)],
  ['Settings', ({ header }) => inline(settingsOf(header))],
  ['Time (ms)', (trace) => decimals(measure(trace, trace.steps.length).ms, 1)],
  [
    'Forward passes',
    (trace) =>
      isText(trace.header.knowledge)
        ? `– (${trace.steps.length} updates of text)`
        : String(measure(trace, trace.steps.length).passes),
  ],
  ['Tokens', (trace) => String(measure(trace, trace.steps.length).tokens)],
  ['Tokens a second', (trace) => decimals(measure(trace, trace.steps.length).tokensPerSecond, 1)],
  ['Tokens a pass', (trace) => decimals(measure(trace, trace.steps.length).tokensPerPass, 2)],
  [
    'Order of commits (Kendall τ; 1 is left to right)',
    (trace) => {
      const tau = kendallTau(trace)
      return tau === null ? '–' : decimals(tau, 2)
    },
  ],
  ['Run', ({ status }) => status],
]

/** A lane's answer under its name; a lane that has not begun has none. */
function answer({ name, trace, pieces }: Lane): string[] {
  if (trace === null) return [heading(name), 'It has not begun.']
  return [
    heading(name),
    block(answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary)),
  ]
}

/** A name that somebody else may have given, as a heading: nothing in it is markup. */
function heading(name: string): string {
  return `## ${/^[\w ,.-]+$/.test(name) ? name : inline(name)}`
}

/** All answers with their numbers, to be pasted anywhere that reads Markdown. */
export function exportMarkdown({ prompt, lanes, recordedAt }: Comparison): string {
  const rows = NUMBERS.map(
    ([name, of]) =>
      `| ${name} | ${lanes.map(({ trace }) => (trace === null ? '–' : of(trace))).join(' | ')} |`,
  )
  const names = lanes.map(({ name }) => heading(name).slice(3))
  return [
    '# One prompt, answered side by side',
    block(prompt),
    ...lanes.flatMap(answer),
    '## Numbers',
    [`| | ${names.join(' | ')} |`, `|---${'|---'.repeat(lanes.length)}|`, ...rows].join('\n'),
    `${recordedAt === null ? '' : `Recorded ${recordedAt}. `}Each lane ran by itself, on its own clock.`,
  ]
    .join('\n\n')
    .concat('\n')
}
