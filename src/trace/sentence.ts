import type { StrategyName } from '../core/settings.ts'
import type { Commit, StepEvent } from '../core/step-event.ts'
import type { TraceHeader } from './trace.ts'

const ORDINALS = ['', 'second ', 'third ', 'fourth ', 'fifth ', 'sixth ', 'seventh ', 'eighth ', 'ninth ']

/** How sure the quota strategies mean by "most", where it is not the probability. */
const ORDERS: Partial<Record<StrategyName, string>> = {
  margin: ' by the lead over the next candidate',
  entropy: ' by the narrowness of the whole distribution',
}

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
  switch (reason.rule) {
    case 'quota': {
      const order = header.decoder === 'diffusion' ? (ORDERS[header.settings.strategy] ?? '') : ''
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
      return `The next position in reading order; the model gave it ${probability}.`
  }
}

function shortfall(header: TraceHeader): string {
  if (header.decoder === 'autoregressive') return 'was sure'
  const { strategy, threshold, factor } = header.settings
  if (strategy === 'threshold') return `reached the threshold ${threshold}`
  if (strategy === 'factor') return `was sure enough for a factor of ${factor}`
  return 'was due in this step'
}

/** In plain words, why a masked position that was read at `row` was not committed by that step. */
export function whyWaiting(event: StepEvent, row: number, mask: number, end: number): string {
  const position = event.positions[row]!
  const id = event.guesses[row]!
  const confidence = event.confidence[row]!
  if (id === mask) return 'Not committed yet: none of the candidates that were read may stand here.'
  if (position >= event.block[1]) {
    return `Not committed yet: its block is decided later; the guess so far has ${share(confidence)}.`
  }
  const rows = [...event.positions.keys()].filter((other) => event.positions[other]! < event.block[1])
  const isEnd = (other: number) => event.guesses[other] === end
  if (isEnd(row) && !rows.every((other) => other < row || isEnd(other))) {
    return `Not committed yet: an end of sequence waits until everything to its right has ended (${share(confidence)}).`
  }
  const rank = 1 + rows.filter((other) => isSurer(event, other, row)).length
  return `Not committed yet: ranked ${nth(rank)} of ${rows.length} by confidence in this step (${share(confidence)}).`
}

/** Whether one row was read with more confidence than another; ties go to the lower position. */
function isSurer({ confidence }: StepEvent, one: number, other: number): boolean {
  const [a, b] = [confidence[one]!, confidence[other]!]
  return a > b || (a === b && one < other)
}
