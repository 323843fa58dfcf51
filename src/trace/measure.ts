import { canvasAt, type Standing } from './canvas.ts'
import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import { clampStep } from './playhead.ts'
import type { PassSplit, Trace } from './trace.ts'

/** What a run has cost and given up to a step. */
export interface Measures {
  /** On the lane's own clock. */
  readonly ms: number
  /** Forward passes. */
  readonly passes: number
  /** Tokens committed, ends of sequence left out. */
  readonly tokens: number
  /** 0 before the first step. */
  readonly tokensPerSecond: number
  /** 0 before the first step. */
  readonly tokensPerPass: number
  /** Positions of the canvas still masked; 0 in an autoregressive run and a service's, which have no canvas. */
  readonly masked: number
  /** The step since which the answer's number of tokens cannot change, 0 if it never could; null while it can. */
  readonly lengthSettledAt: number | null
}

/** The measures at a playhead; beyond the trace, at its nearest step. */
export function measure(trace: Trace, step: number): Measures {
  const { header, steps } = trace
  const at = clampStep(trace, step)
  const { positions } = canvasAt(trace, at)
  const { end } = header.vocabulary
  const tokens = positions.filter(({ kind, id }) => kind === 'accepted' && id !== end).length
  const ms = steps[at - 1]?.at ?? 0
  const passes = passesAt(trace, at)
  return {
    ms,
    passes,
    tokens,
    tokensPerSecond: ms > 0 ? (tokens * 1000) / ms : 0,
    tokensPerPass: passes > 0 ? tokens / passes : 0,
    masked: isText(header.knowledge) ? 0 : positions.filter(({ kind }) => kind === 'masked').length,
    lengthSettledAt: isText(header.knowledge)
      ? null
      : settledAt(positions, header.settings.answerLength, end),
  }
}

/**
 * When the last token of the answer and the end behind it (or the canvas's edge) were both committed: no end is
 * ever committed to the left of content, so nothing can change the length after that. Position 0 always holds
 * content.
 */
function settledAt(positions: readonly Standing[], answerLength: number, end: number): number | null {
  const stepOf = ({ history }: Standing) => history.at(-1)?.step ?? 0
  const last = Math.max(
    0,
    positions.findLastIndex(({ kind, id }) => kind !== 'masked' && id !== end),
  )
  const content = last === 0 ? 0 : stepOf(positions[last]!)
  if (last === answerLength - 1) return content
  const behind = positions[last + 1]
  return behind === undefined || behind.kind === 'masked' ? null : Math.max(content, stepOf(behind))
}

/** Milliseconds of a forward pass, on average over the run. */
export function meanPass({ steps }: Trace): number {
  const passes = steps.filter(({ edit }) => !edit)
  return passes.reduce((sum, { passMs }) => sum + passMs, 0) / Math.max(1, passes.length)
}

/** Where the milliseconds of a pass went, on average over the passes of which the server says so. */
export function meanSplit({ steps }: Trace): PassSplit | null {
  const known = steps.flatMap(({ split }) => (split ? [split] : []))
  if (known.length === 0) return null
  const mean = (of: (split: PassSplit) => number) =>
    known.reduce((sum, split) => sum + of(split), 0) / known.length
  return {
    networkMs: mean(({ networkMs }) => networkMs),
    queueMs: mean(({ queueMs }) => queueMs),
    computeMs: mean(({ computeMs }) => computeMs),
  }
}
