import type { Trace } from './trace.ts'

/**
 * Kendall's τ-b (1945) of the order of commits against the order of reading, over the tokens that are not
 * ends of sequence: 1 reads like a typewriter, 0 has no order. Tokens of one step are ties. Null where it is
 * undefined: fewer than two tokens, or all of one step.
 */
export function kendallTau(trace: Trace): number | null {
  const committedAt = new Map<number, number>()
  for (const { step, commits } of trace.steps) {
    for (const { position, id } of commits) {
      const { mask, end } = trace.header.vocabulary
      if (id === end || id === mask) committedAt.delete(position)
      else committedAt.set(position, step)
    }
  }
  const order = [...committedAt].sort(([a], [b]) => a - b).map(([, step]) => step)
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
