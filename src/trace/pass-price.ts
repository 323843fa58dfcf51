import { isText } from './knowledge.ts'
import { meanPass } from './measure.ts'
import { duration } from './timeline.ts'
import type { Trace } from './trace.ts'

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}

/** A pass of this lane, as it was measured; null where no times are known. */
function pricedPass(trace: Trace | undefined): string | null {
  return trace === undefined || duration(trace) === 0 ? null : milliseconds(meanPass(trace))
}

/**
 * Why a pass costs what it costs, with the milliseconds that the lanes measured; null unless both decoders ran here by
 * forward passes.
 */
export function passPrice(traces: readonly Trace[]): string | null {
  const own = traces.filter(({ header }) => !isText(header.knowledge))
  const diffusion = own.find(({ header }) => header.decoder === 'diffusion')
  const autoregressive = own.find(({ header }) => header.decoder === 'autoregressive')
  const [wide, narrow] = [pricedPass(diffusion), pricedPass(autoregressive)]
  if (diffusion?.header.decoder !== 'diffusion' || wide === null || narrow === null) return null
  const { blockLength, answerLength } = diffusion.header.settings
  const rows = Math.min(blockLength, answerLength)
  return `A diffusion pass took ${wide}, an AR pass ${narrow}: diffusion reads all ${rows} positions ${rows < answerLength ? 'of a block' : 'of the answer'} or more in every pass, since any of them may change what the others should be; AR reads one new token and keeps what it read before in its KV cache.`
}
