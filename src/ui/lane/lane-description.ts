import type { TraceHeader } from '../../trace/trace.ts'
import { parameters } from '../numbers.ts'

/** Which model computed a run, and where. */
export function describeModel({ model, device }: TraceHeader): string {
  return [`${model.name}, ${parameters(model.parameters)} parameters`, model.precision, device.label].join(
    ' · ',
  )
}

/** How a run decodes, in the fewest words. */
export function describeDecoding(header: TraceHeader): string {
  const sampled = header.settings.temperature > 0 ? `, temperature ${header.settings.temperature}` : ''
  if (header.decoder === 'autoregressive') return `one token a pass, KV cache${sampled}`
  const { strategy, blockLength, answerLength } = header.settings
  const blocks = blockLength < answerLength ? `, blocks of ${blockLength}` : ''
  return `${strategy.replace('-', ' ')}${blocks}${sampled}`
}
