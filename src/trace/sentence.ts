import { ownSettings } from '../core/own-settings.ts'
import type { Commit, StepEvent } from '../core/step-event.ts'
import { strategyOf } from '../core/strategies/strategy-of.ts'
import { wordsOf } from './knowledge.ts'
import type { TraceHeader } from './trace.ts'

const ORDINALS = ['', 'second ', 'third ', 'fourth ', 'fifth ', 'sixth ', 'seventh ', 'eighth ', 'ninth ']

function nth(rank: number): string {
  const teen = Math.floor(rank / 10) % 10 === 1
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th')
  return `${rank}${ending}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Two decimals; probabilities that would round to 0 or 1 without being it keep a bound. */
function share(probability: number): string {
  if (Number.isNaN(probability)) return 'a probability that is not known'
  if (probability > 0 && probability < 0.005) return 'under 0.01'
  if (probability < 1 && probability >= 0.995) return 'over 0.99'
  return probability.toFixed(2)
}

function positions(count: number): string {
  return count === 1 ? '1 masked position' : `${count} masked positions`
}

/** In plain words, why a step committed a token. */
export function whyCommitted(header: TraceHeader, event: StepEvent, commit: Commit): string {
  const { reason, rank } = commit
  const probability = share(commit.probability)
  const step = `${wordsOf(header.knowledge).step} ${event.step}`
  switch (reason.rule) {
    case 'quota': {
      const by = orderOf(header)
      const order = by === null ? '' : ` by ${by}`
      const place = ORDINALS[rank - 1] ?? `${nth(rank)} `
      return (
        `${capital(`${place}most certain`)} of ${positions(reason.of)}${order} (${probability}); ` +
        `this step could commit ${reason.quota}.`
      )
    }
    case 'random':
      return (
        `Drawn at random among ${positions(reason.of)}; this step could commit ${reason.quota}. ` +
        `The model gave it ${probability}.`
      )
    case 'threshold':
      return `Probability ${probability} reached the threshold of ${reason.threshold}.`
    case 'factor':
      return (
        `${capital(`${ORDINALS[rank - 1] ?? `${nth(rank)} `}most certain`)} of ${positions(reason.of)} ` +
        `(${probability}): sure enough to be the ${nth(rank)} of one step, with a factor of ${reason.factor}.`
      )
    case 'at-least-one':
      return `Surest of ${reason.of}, though none ${shortfall(header)}: every step commits at least one.`
    case 'tail':
      return commit.position >= event.block[1]
        ? 'Filled with end of sequence: the block before it ended the answer.'
        : `Part of the end-of-sequence tail: ${probability}, joined to the right edge.`
    case 'next':
      return header.canvas === undefined
        ? `The next position in reading order; the model gave it ${probability}.`
        : `The next gap in reading order; the model gave it ${probability} without having read what stands behind.`
    case 'taken-back':
      return `Taken back in ${step}: nothing is decided here again.`
    case 'edited':
      return `Changed in ${step}: with ${probability} it passed the edit threshold of ${reason.threshold}, and another token stood here.`
    case 'noise':
      return `Not accepted in ${step}: a fresh draft stands here, to be read again.`
    case 'pinned':
      return `Pinned by you ${between(header, event)}.`
    case 'replaced':
      return `Replaced by you ${between(header, event)}.`
    case 'masked':
      return `Masked again by you ${between(header, event)}.`
    case 'unknown':
      return `Committed in ${step}; the record does not say why.`
  }
}

function shortfall(header: TraceHeader): string {
  if (header.decoder === 'autoregressive') return 'was sure'
  return strategyOf(header.settings.strategy).shortfall(ownSettings(header.settings))
}

/** When a person changed the canvas: between the step before and the one that came next. */
function between({ knowledge }: TraceHeader, { step }: StepEvent): string {
  const { step: word } = wordsOf(knowledge)
  return step > 1 ? `after ${word} ${step - 1}` : `before the first ${word}`
}

/** By what a diffusion run's strategy ranks, where that is not the probability. */
function orderOf(header: TraceHeader): string | null {
  return header.decoder === 'diffusion' ? strategyOf(header.settings.strategy).orderedBy : null
}

/** Rules that commit what nobody asked for in the strategy's order. */
const UNASKED: ReadonlySet<string> = new Set(['tail', 'taken-back', 'edited'])

/** In plain words, why a position that was read at `row` was not committed by that step: only what the step tells. */
export function whyWaiting(header: TraceHeader, event: StepEvent, row: number): string {
  const { mask, end } = header.vocabulary
  const id = event.guesses[row]!
  const confidence = share(event.confidence[row]!)
  if (id === mask) return 'Not committed yet: none of the candidates that were read may stand here.'
  if (event.positions[row]! >= event.block[1]) {
    return `Not committed yet: its block is decided later; the guess so far has ${confidence}.`
  }
  const { order } = event
  if (order === undefined) return `Not committed yet; the guess so far has ${confidence}.`
  const place = order[row]!
  const committed = event.commits.filter(({ reason }) => !UNASKED.has(reason.rule)).length
  // A place in front of what was committed, or none at all: it was passed over.
  if (place <= committed) {
    return id === end
      ? `Not committed yet: an end of sequence waits until everything to its right has ended (${confidence}).`
      : `Not committed yet; the guess so far has ${confidence}.`
  }
  const asked = order.filter((other) => other > 0).length
  const by = orderOf(header) ?? 'confidence'
  return `Not committed yet: ranked ${nth(place)} of ${asked} by ${by} in this step (${confidence}).`
}
