import { canvasAt } from './canvas.ts'
import type { Trace } from './trace.ts'

/**
 * Kendall's τ-b (1945) of the order of commits against the order of reading, over the tokens that are not
 * ends of sequence: 1 reads like a typewriter, 0 has no order. Tokens of one step are ties. Null where it is
 * undefined: fewer than two tokens, or all of one step.
 */
export function kendallTau(trace: Trace): number | null {
  const { end } = trace.header.vocabulary
  const order = canvasAt(trace, trace.steps.length)
    .positions.filter(({ kind, id }) => kind === 'accepted' && id !== end)
    .map(({ history }) => history.at(-1)!.step)
  let difference = 0
  let untied = 0
  order.forEach((early, at) => {
    for (const late of order.slice(at + 1)) {
      difference += Math.sign(late - early)
      if (late !== early) untied++
    }
  })
  const pairs = (order.length * (order.length - 1)) / 2
  return untied === 0 ? null : difference / Math.sqrt(untied * pairs)
}
