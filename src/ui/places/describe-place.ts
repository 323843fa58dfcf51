import type { Health } from '../../engines/remote/probe.ts'
import type { Upstream } from '../../engines/remote/upstream.ts'
import { milliseconds } from '../numbers.ts'

/** How an upstream is, in a few words. */
export function describeHealth(health: Health | undefined): string {
  switch (health?.state) {
    case undefined:
      return 'asking…'
    case 'ready':
      return `ready, ${milliseconds(health.roundTripMs)} there and back`
    case 'loading':
      return `loading: ${health.why}`
    case 'unreachable':
      return `unreachable: ${health.why}`
    case 'refused':
      return `not usable: ${health.why}`
    case 'unknown':
      return 'not asked before a run, which may cost money'
  }
}

const TEXT_ONLY = 'It sends text only: no confidences, no other candidates, no entropies'

/** What a lane there can show, and what not. */
export function describeCapabilities(upstream: Upstream, health: Health | undefined): string {
  if (upstream.protocol === 'oip') {
    const topK = health?.state === 'ready' ? health.topK : undefined
    const candidates = topK === undefined ? 'candidates' : `${topK} candidates`
    const how = upstream.decoders?.includes('autoregressive')
      ? 'Step by step, both ways of decoding, with this page’s strategies'
      : 'Step by step, with this page’s strategies'
    return `${how}: tokens, confidences, entropies and ${candidates} at every position. Can be stopped and gone on with at any step.`
  }
  switch (upstream.dialect) {
    case 'append':
      return upstream.family === 'autoregressive'
        ? `Text as it is written. ${TEXT_ONLY}.`
        : `Finished blocks of text as they come, and nothing of what happens inside a block. ${TEXT_ONLY}, no masks.`
    case 'replace':
      return `Whole drafts; which words changed is derived from their differences. ${TEXT_ONLY}, no masks.`
    case 'frame':
      return `Drafts of each block and the text that it ends with; which words changed is derived from their differences. ${TEXT_ONLY}.`
  }
}

/** What kind of place it is. */
export function describeKind(upstream: Upstream): string {
  return upstream.protocol === 'oip' ? `model server, ${upstream.model}` : `service, ${upstream.model}`
}
