import type { Lane } from '../../share/comparison.ts'
import { canvasAt, type Past, type Standing } from '../../trace/canvas.ts'
import { cellTexts } from '../../trace/decode-pieces.ts'
import { explain, historyOf, type Explanation } from '../../trace/explain.ts'
import { isText, wordsOf, type Knowledge } from '../../trace/knowledge.ts'
import { whyCommitted } from '../../trace/sentence.ts'
import type { Trace } from '../../trace/trace.ts'

/** A lane that has begun. */
export type BegunLane = Pick<Lane, 'pieces'> & { readonly trace: Trace }

/** All that can be told of what stands at a position. */
export interface Why {
  readonly sentence: string
  /** What stood there before; empty where nothing else did. */
  readonly past: string
  /** What the model said of it; null where it said nothing that is known. */
  readonly reading: Explanation | null
  /** What can't be told, and why; empty where all can. */
  readonly lack: string
}

/** Why a position shows what it shows, as far as the record knows. */
export function whyHere({ trace, pieces }: BegunLane, step: number, position: number): Why {
  const { knowledge, vocabulary } = trace.header
  const standing = canvasAt(trace, step).positions[position]
  const reading = isText(knowledge) ? null : explain(trace, step, position, pieces)
  const textOf = (id: number) => cellTexts([id], pieces, vocabulary)[0]!
  return {
    sentence: sentenceOf(trace, standing, reading),
    past: pastOf(trace, historyOf(trace, step, position), textOf),
    reading,
    lack: lackOf(knowledge, reading),
  }
}

function sentenceOf(trace: Trace, standing: Standing | undefined, reading: Explanation | null): string {
  const { header, steps } = trace
  const { step: word } = wordsOf(header.knowledge)
  const last = standing?.history.at(-1)
  if (isText(header.knowledge)) {
    return last === undefined
      ? 'Nothing has come here yet.'
      : `Came with ${word} ${standing!.history[0]!.step}.`
  }
  const decision = last && whyCommitted(header, steps[last.step - 1]!, last.commit)
  if (standing?.kind === 'given') return 'Given: it stood here before the first pass, and no pass decides it.'
  if (standing?.kind === 'accepted') return decision!
  // What was taken back, by whom, and what the model says of the place since then.
  const parts = [decision, standing?.kind === 'draft' && !decision && STARTING_DRAFT, reading?.sentence]
  const told = parts.filter((part) => typeof part === 'string').join(' ')
  if (told !== '') return told
  return header.knowledge.guesses
    ? `Nothing was read here at this ${word}. Move the ${word} slider on.`
    : `Not committed at this ${word}, and what was guessed here is not in the record. Move the ${word} slider on.`
}

const STARTING_DRAFT = 'A draft that the run began with: it is read in every pass until it is accepted.'

/** What was accepted here before, in order: taken back, revised, or changed by a person since. */
function pastOf({ header }: Trace, history: readonly Past[], textOf: (id: number) => string): string {
  const { mask, end } = header.vocabulary
  const before = history
    .slice(0, -1)
    .filter(({ commit: { id, reason } }) => id !== mask && reason.rule !== 'noise')
    .map(({ commit: { id } }) => (id === end ? 'an end of answer' : `“${textOf(id).trim()}”`))
  if (before.length === 0) return ''
  const { step } = wordsOf(header.knowledge)
  return `Before ${step} ${history.at(-1)!.step} stood here ${before.join(', then ')}.`
}

function lackOf(knowledge: Knowledge, reading: Explanation | null): string {
  if (isText(knowledge)) {
    return 'The service sends text only: how sure its model was, and what else it considered, is not known.'
  }
  if (reading === null || knowledge.candidates) return ''
  return knowledge.guesses
    ? 'The record holds no other candidates.'
    : 'The record holds the chosen token only: run it here, or ask for the file, to see the other candidates.'
}
