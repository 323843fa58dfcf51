import { clampStep } from './playhead.ts'
import type { Trace } from './trace.ts'

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
  const decided = new Map<number, { id: number; step: number }>()
  for (const past of steps.slice(0, at)) {
    for (const { position, id } of past.commits) {
      if (id === header.vocabulary.mask) decided.delete(position)
      else decided.set(position, { id, step: past.step })
    }
  }
  const tokens = [...decided.values()].filter(({ id }) => id !== header.vocabulary.end).length
  const ms = steps[at - 1]?.at ?? 0
  const hasCanvas = header.decoder === 'diffusion' && header.record === undefined
  return {
    ms,
    passes: at,
    tokens,
    tokensPerSecond: ms > 0 ? (tokens * 1000) / ms : 0,
    tokensPerPass: at > 0 ? tokens / at : 0,
    masked: hasCanvas ? header.settings.answerLength - decided.size : 0,
    lengthSettledAt:
      header.record === undefined
        ? settledAt(decided, header.settings.answerLength, header.vocabulary.end)
        : null,
  }
}

/**
 * When the last token of the answer and the end behind it (or the canvas's edge) were both committed: no
 * end is ever committed to the left of content, so nothing can change the length after that. Position 0
 * always holds content.
 */
function settledAt(
  decided: ReadonlyMap<number, { readonly id: number; readonly step: number }>,
  answerLength: number,
  end: number,
): number | null {
  let last = 0
  for (const [position, { id }] of decided) if (id !== end) last = Math.max(last, position)
  const content = last === 0 ? 0 : decided.get(last)!.step
  if (last === answerLength - 1) return content
  const behind = decided.get(last + 1)
  return behind === undefined ? null : Math.max(content, behind.step)
}
