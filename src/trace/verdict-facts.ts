import { askedOf } from './asked-of.ts'
import { finalAnswer, isCutOff } from './final-answer.ts'
import { judge } from './judging/judge.ts'
import type { Judgement } from './judging/judgement.ts'
import { passPrice } from './pass-price.ts'
import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'
import { wordDifferences } from './word-differences.ts'

/** A lane as the verdict reads it. */
export interface Judged {
  readonly name: string
  readonly trace: Trace
  readonly pieces: Pieces
}

/** What a verdict says besides who was first: a title and a sentence each. */
export interface VerdictFact {
  readonly kind: 'right' | 'text' | 'cut' | 'asked' | 'price'
  readonly sentence: string
}

/** What can be said of lanes that have ended, in the order in which it matters. */
export function verdictFacts(prompt: string, lanes: readonly Judged[]): readonly VerdictFact[] {
  const answers = lanes.map(({ name, trace, pieces }) => ({ name, text: finalAnswer(trace, pieces) }))
  const price = passPrice(lanes.map(({ trace }) => trace))
  const sentences: readonly (readonly [VerdictFact['kind'], string | null])[] = [
    ['right', rightness(answers.map(({ name, text }) => ({ name, judged: judge(prompt, text) })))],
    ['text', sameness(answers)],
    [
      'cut',
      cutOff(
        lanes.filter(({ trace }) => isCutOff(trace)),
        lanes.length,
      ),
    ],
    ...lanes.map(({ name, trace }): readonly ['asked', string] => ['asked', `${name} ${askedOf(trace)}.`]),
    ['price', price],
  ]
  return sentences.flatMap(([kind, sentence]) => (sentence === null ? [] : [{ kind, sentence }]))
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Which answers a rule finds right; null where there is none for the prompt. */
function rightness(answers: readonly { name: string; judged: Judgement | null }[]): string | null {
  const of = (wanted: Judgement) => answers.filter(({ judged }) => judged === wanted).map(({ name }) => name)
  const parts = [
    ['right', of('right')],
    ['well formed, with what was asked for', of('well formed')],
    ['wrong', of('wrong')],
  ] as const
  const said = parts.filter(([, names]) => names.length > 0)
  if (said.length === 0) return null
  const by = 'by the rule of its kind of prompt'
  if (said.length === 1) {
    const [[word, names]] = said as [(typeof said)[0]]
    const all = names.length === 1 ? names[0] : names.length === 2 ? 'Both' : 'All'
    return `${all} ${names.length === 1 ? 'is' : 'are'} ${word}, ${by}.`
  }
  return `${said.map(([word, names]) => `${listed(names)} ${names.length === 1 ? 'is' : 'are'} ${word}`).join('; ')}, ${by}.`
}

const SAME = 'The texts are the same.'

/** Whether the answers are the same, and how far they agree where they are not. */
function sameness(answers: readonly { name: string; text: string }[]): string | null {
  const [first, ...others] = answers
  if (first === undefined || others.length === 0) return null
  if (others.every(({ text }) => text.trim() === first.text.trim())) return SAME
  if (others.length > 1) return 'The texts differ.'
  const { isSame, shared, of } = wordDifferences(first.text, others[0]!.text)
  if (isSame) return SAME
  if (shared === 0) return 'The texts have no word in common.'
  return `The texts differ: ${shared} of ${of} words are the same, in the same order.`
}

/** Whose answers their length cut off; null where none's. */
function cutOff(cut: readonly Judged[], of: number): string | null {
  const [first, ...others] = cut
  if (first === undefined) return null
  const { answerLength } = first.trace.header.settings
  if (
    others.length === 0 ||
    others.some(({ trace }) => trace.header.settings.answerLength !== answerLength)
  ) {
    return `${listed(cut.map(({ name }) => name))}: cut off by the length, which was at most ${answerLength} tokens.`
  }
  const all = cut.length === of ? (of === 2 ? 'Both' : 'All') : listed(cut.map(({ name }) => name))
  return `${all} were cut off: they filled all ${answerLength} positions that they were given and had not ended.`
}
