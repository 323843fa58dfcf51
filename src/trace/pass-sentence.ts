import { ownSettings } from '../core/own-settings.ts'
import type { Commit } from '../core/step-event.ts'
import { strategyOf } from '../core/strategies/strategy-of.ts'
import { canvasAt } from './canvas.ts'
import { cellTexts } from './decode-pieces.ts'
import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import type { Pieces } from './pieces.ts'
import { clampStep } from './playhead.ts'
import type { Trace, TraceStep } from './trace.ts'

/** What a step of a lane did: which pass it was, and in plain words what it decided. */
export interface PassSentence {
  /** "Pass 29", "Update 3", "Your edit"; empty before the first step. */
  readonly name: string
  readonly words: string
}

/** Tokens that are named, where a step commits more. */
const NAMED = 4

/** In plain words, what the step at the playhead did with a lane; before the first, what it will do. */
export function passSentence(trace: Trace, step: number, pieces: Pieces): PassSentence {
  const at = clampStep(trace, step)
  const done = trace.steps[at - 1]
  if (done === undefined) return { name: '', words: beginning(trace) }
  if (done.edit) return { name: 'Your edit', words: editWords(trace, done, pieces) }
  if (isText(trace.header.knowledge)) return { name: `Update ${at}`, words: updateWords(trace, done, pieces) }
  return { name: `Pass ${passesAt(trace, at)}`, words: passWords(trace, done, pieces) }
}

function beginning(trace: Trace): string {
  const { header } = trace
  if (isText(header.knowledge)) return 'Nothing has come yet.'
  if (header.decoder === 'autoregressive' && header.canvas !== undefined) {
    return 'It fills the gaps from left to right, one token a pass, and reads nothing behind the gap that it is at.'
  }
  if (header.decoder === 'autoregressive') {
    return 'Nothing is written yet: it chooses one token a pass, from left to right.'
  }
  const { positions } = canvasAt(trace, 0)
  const count = (kind: string) => positions.filter((standing) => standing.kind === kind).length
  const given = count('given')
  if (header.vocabulary.mask === null || count('draft') > 0) {
    return `Every place holds a draft${given === 0 ? '' : `, but for ${given} that are given`}. In one pass the model reads all of them.`
  }
  if (given > 0) {
    return `${given} of ${positions.length} places are given, all others are masks. In one pass the model guesses all of them.`
  }
  return 'Every place of the answer is a mask. In one pass the model guesses all of them.'
}

function editWords(trace: Trace, { step, commits }: TraceStep, pieces: Pieces): string {
  const before = canvasAt(trace, step - 1).positions
  const { mask } = trace.header.vocabulary
  const of = (rule: string) => commits.filter(({ reason }) => reason.rule === rule)
  const [pinned, replaced, masked] = [of('pinned'), of('replaced'), of('masked')]
  const changes = replaced.map(({ position, id }) => {
    const old = before[position]?.id ?? null
    return old === null || old === mask
      ? naming(trace, [id], pieces)
      : `${naming(trace, [id], pieces)} in place of ${naming(trace, [old], pieces)}`
  })
  const gone = masked.flatMap(({ position }) => before[position]?.id ?? [])
  const words = [
    ...(pinned.length > 0 ? [`pinned ${naming(trace, idsOf(pinned), pieces)}`] : []),
    ...(changes.length > 0 ? [`put ${listed(changes, changes.length)}`] : []),
    ...(masked.length > 0
      ? [gone.length > 0 ? `masked ${naming(trace, gone, pieces)} again` : `masked ${places(masked.length)}`]
      : []),
  ]
  return `You ${listed(words, words.length)}. No pass was spent on it.`
}

function updateWords(trace: Trace, { step, commits }: TraceStep, pieces: Pieces): string {
  const before = canvasAt(trace, step - 1).positions
  const changed = commits.filter(({ position }) => before[position]?.kind === 'accepted')
  const came = commits.filter(({ position }) => before[position]?.kind !== 'accepted')
  const words = [
    ...(came.length > 0
      ? [
          `${came.length === 1 ? 'This piece' : `${came.length} pieces`} of text came: ${naming(trace, idsOf(came), pieces)}.`,
        ]
      : []),
    ...(changed.length > 0 ? [becomes(trace, changed, before, pieces)] : []),
  ]
  return words.length > 0 ? words.join(' ') : 'The text stayed as it was.'
}

/** “a” became “b”, and how many others. */
function becomes(
  trace: Trace,
  changed: readonly Commit[],
  before: ReturnType<typeof canvasAt>['positions'],
  pieces: Pieces,
): string {
  const pairs = changed.map(({ position, id }) => {
    const old = before[position]?.id ?? null
    return `${naming(trace, old === null ? [] : [old], pieces)} became ${naming(trace, [id], pieces)}`
  })
  return `${listed(pairs.slice(0, 2), pairs.length, 2)}.`
}

function passWords(trace: Trace, step: TraceStep, pieces: Pieces): string {
  const { header } = trace
  const before = canvasAt(trace, step.step - 1).positions
  const { mask } = header.vocabulary
  const groups = new Map<string, Commit[]>()
  for (const commit of step.commits) {
    const { rule } = commit.reason
    const old = before[commit.position]
    const isRevision =
      old?.kind === 'accepted' && old.id !== commit.id && commit.id !== mask && rule !== 'noise'
    const name = isRevision ? 'revised' : rule
    groups.set(name, [...(groups.get(name) ?? []), commit])
  }
  const words = [...groups].map(([rule, commits]) =>
    rule === 'revised'
      ? becomes(trace, commits, before, pieces)
      : ruleWords(trace, rule, commits, before, pieces),
  )
  if (words.length > 0) return words.join(' ')
  return before.some(({ kind }) => kind === 'masked')
    ? 'Nothing was decided: no place was sure enough.'
    : 'Every token was read once more, and none was changed.'
}

function ruleWords(
  trace: Trace,
  rule: string,
  commits: readonly Commit[],
  before: ReturnType<typeof canvasAt>['positions'],
  pieces: Pieces,
): string {
  const { header } = trace
  const [first] = commits
  const { reason } = first!
  const count = commits.length
  const said = `${naming(trace, idsOf(commits), pieces)}${sureness(commits)}`
  const of = 'of' in reason ? maskedPlaces(trace, reason.of) : ''
  switch (rule) {
    case 'quota': {
      if (count === 1 && reason.rule === 'quota' && reason.of === 1) return `The last masked place: ${said}.`
      const by = header.decoder === 'diffusion' ? strategyOf(header.settings.strategy).orderedBy : null
      const first = by === null ? (count === 1 ? 'was surest' : 'were surest') : `came first by ${by}`
      return `Of ${of} ${count === 1 ? 'this one' : `these ${count}`} ${first}: ${said}.`
    }
    case 'random':
      return `Of ${of} ${count === 1 ? 'this one was' : `these ${count} were`} drawn by lot: ${said}.`
    case 'threshold': {
      const threshold = reason.rule === 'threshold' ? reason.threshold : 0
      return `Of ${of} ${count === 1 ? 'one' : count} reached the threshold of ${percent(threshold)}: ${said}.`
    }
    case 'factor':
      return `Of ${of} ${count === 1 ? 'one was' : `these ${count} were`} sure enough to be decided together: ${said}.`
    case 'at-least-one':
      return `Of ${of} none ${shortfall(trace)}, so the surest was taken: ${said}.`
    case 'tail':
      return count === 1
        ? 'One end of the answer joined the tail at the right edge.'
        : `${count} ends of the answer joined the tail at the right edge.`
    case 'next':
      return first!.id === header.vocabulary.end
        ? `It ended the answer here${sureness(commits)}.`
        : `It could only choose the next token: ${said}.`
    case 'taken-back': {
      const gone = commits.flatMap(({ position }) => before[position]?.id ?? [])
      return `${naming(trace, gone, pieces)} ${count === 1 ? 'was' : 'were'} taken back: nothing is decided there again.`
    }
    case 'noise':
      return count === 1
        ? 'One draft was refused: another stands there now.'
        : `${count} drafts were refused: others stand there now.`
    default:
      return `${count === 1 ? 'One token' : `${count} tokens`} committed: ${said}. The record does not say why.`
  }
}

function shortfall({ header }: Trace): string {
  if (header.decoder === 'autoregressive') return 'was sure'
  return strategyOf(header.settings.strategy).shortfall(ownSettings(header.settings))
}

function maskedPlaces({ header }: Trace, count: number): string {
  const { decoder, settings } = header
  const inBlock = decoder === 'diffusion' && settings.blockLength < settings.answerLength
  return `${count} masked ${count === 1 ? 'place' : 'places'}${inBlock ? ' of the block' : ''}`
}

function places(count: number): string {
  return count === 1 ? 'one place' : `${count} places`
}

function idsOf(commits: readonly Commit[]): readonly number[] {
  return commits.map(({ id }) => id)
}

/** ", 54 %" or ", 91 to 54 %"; empty where it is not known. */
function sureness(commits: readonly Commit[]): string {
  const known = commits.map(({ probability }) => probability).filter((one) => !Number.isNaN(one))
  if (known.length === 0) return ''
  const [most, least] = [percent(Math.max(...known)), percent(Math.min(...known))]
  return most === least ? `, ${most}` : `, ${most} to ${least}`
}

function percent(probability: number): string {
  if (probability > 0 && probability < 0.005) return 'under 1 %'
  if (probability < 1 && probability >= 0.995) return 'over 99 %'
  return `${Math.round(100 * probability)} %`
}

/** “a”, “b” and 3 more. */
function naming({ header }: Trace, ids: readonly number[], pieces: Pieces): string {
  const names = ids.map((id) => {
    if (id === header.vocabulary.end) return 'the end of the answer'
    const text = cellTexts([id], pieces, header.vocabulary)[0]!
    if (text.trim() !== '') return `“${text.trim()}”`
    return text === '' ? 'a token without text' : text.includes('\n') ? 'a line break' : 'a blank'
  })
  return listed(names.slice(0, NAMED), names.length)
}

/** A list of so many, of which these are named. */
function listed(names: readonly string[], count: number, most = NAMED): string {
  if (count > most) return `${names.join(', ')} and ${count - names.length} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
}
