import { leaderOf, type Comparison } from '../../share/comparison.ts'
import { isText } from '../../trace/knowledge.ts'
import type { Moment, Timeline } from '../../trace/timeline.ts'
import type { Trace } from '../../trace/trace.ts'
import { frameNow } from '../lane/frame-now.ts'
import { placeWords } from './playhead-words.ts'

/**
 * What a listener is told of a moment: what the leading lane's step left; once that lane has ended and others go on,
 * where all of them stand.
 */
export function stepSentence(shown: Comparison | null, timeline: Timeline, moment: Moment): string {
  const leader = leaderOf(shown)
  if (shown === null || leader === null || leader.trace === null) return ''
  const step = moment.steps[shown.lanes.indexOf(leader)] ?? 0
  const ended = step === leader.trace.steps.length && shown.lanes.length > 1
  return ended ? placeWords(shown.lanes, timeline, moment) : leaderSentence(leader.trace, step)
}

function leaderSentence(trace: Trace, step: number): string {
  const { steps, header } = trace
  if (isText(header.knowledge)) {
    const changed = steps[step - 1]?.commits.length ?? 0
    return `Update ${step} of ${steps.length}: ${changed} pieces of text changed`
  }
  const { committed, masked, cells } = frameNow(trace, step)
  const drafts = cells.filter(({ state }) => state === 'draft').length
  const open = header.decoder === 'autoregressive' ? '' : `, ${masked} masked`
  return `Step ${step} of ${steps.length}: ${committed} committed${open}${drafts === 0 ? '' : `, ${drafts} drafts`}`
}
