import type { StepKind } from '../../trace/knowledge.ts'
import type { TraceHeader } from '../../trace/trace.ts'
import { parameters } from '../numbers.ts'

/** Which model computed a run, and where. */
export function describeModel({ model, device }: TraceHeader): string {
  // A service says neither how large its model is nor how it is stored.
  const size = model.parameters === 0 ? '' : `, ${parameters(model.parameters)} parameters`
  return [`${model.name}${size}`, model.precision, device.label].filter((part) => part !== '').join(' · ')
}

const RECORDED: Readonly<Record<Exclude<StepKind, 'pass'>, string>> = {
  text: 'text as it came',
  drafts: 'drafts as they came',
}

/** How a run decodes, in the fewest words. */
export function describeDecoding(header: TraceHeader): string {
  const { steps } = header.knowledge
  if (steps !== 'pass') return RECORDED[steps]
  const sampled = header.settings.temperature > 0 ? `, temperature ${header.settings.temperature}` : ''
  if (header.decoder === 'autoregressive') return `one token a pass, KV cache${sampled}`
  const { settings } = header
  const { strategy, blockLength, answerLength } = settings
  const blocks = blockLength < answerLength ? `, blocks of ${blockLength}` : ''
  const several = 'steps' in settings && settings.steps < answerLength
  const rate = several ? `, ${Number((answerLength / settings.steps).toFixed(1))} a pass` : ''
  return `${strategy.replace('-', ' ')}${rate}${blocks}${sampled}`
}
