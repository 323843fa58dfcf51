import type { StepKind } from '../../trace/knowledge.ts'
import type { Trace } from '../../trace/trace.ts'

/** What a service's lane is, and what it can't show. */
const RECORDED: Readonly<Record<Exclude<StepKind, 'pass'>, string>> = {
  text: 'Each mark is a piece of text as the service sent it. It sends no confidences and no other candidates.',
  drafts:
    'Each mark is a word of a draft; which words changed is derived from the drafts’ differences. The service sends no confidences, no candidates and no masks.',
}

/** Kendall's τ of a run with its meaning; of a service's text, what it is. */
export function orderSentence(trace: Trace, tau: number | null): string {
  const { decoder, knowledge } = trace.header
  if (knowledge.steps !== 'pass') return RECORDED[knowledge.steps]
  if (decoder === 'autoregressive') return 'Kendall’s τ 1.00: left to right, by construction.'
  if (tau === null) {
    const atOnce = trace.status === 'done' && trace.steps.length === 1
    return atOnce ? 'Kendall’s τ: no order, all at once.' : 'Kendall’s τ: no order yet.'
  }
  return `Kendall’s τ ${tau.toFixed(2).replace('-', '−')}: ${meaning(tau)} (1 is a typewriter).`
}

function meaning(tau: number): string {
  if (tau > 0.8) return 'nearly left to right'
  if (tau > 0.4) return 'leans left to right'
  return tau > -0.4 ? 'any order' : 'leans right to left'
}
