import { useCallback, useMemo, useRef } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { answerParts, answerText, GAP } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { frameNow } from './frame-now.ts'
import { unstacked } from './short-text.ts'

interface Props {
  readonly id: string
  readonly lane: Lane | null
}

/**
 * The committed text as it reads, with a mark where positions are still masked. The whole answer lies under it
 * unseen, and a mark behind it, so that its room is reserved.
 */
export function AnswerText({ id, lane }: Props) {
  const text = useRef<HTMLParagraphElement>(null)
  const whole = useMemo(() => wholeAnswer(lane), [lane])
  const draw = useCallback(
    ({ step }: LaneMoment) => {
      const parts =
        lane === null || lane.trace === null
          ? []
          : answerParts(frameNow(lane.trace, step), lane.pieces, lane.trace.header.vocabulary)
      if (text.current !== null) writeParts(text.current, parts)
    },
    [lane],
  )
  useDrawnLane(id, draw)
  return (
    <div className="answer" translate="no">
      <p ref={text} className="answer-text" />
      <p className="answer-room" aria-hidden="true" translate="no">
        {`${unstacked(whole)}${GAP}`}
      </p>
    </div>
  )
}

function wholeAnswer(lane: Lane | null): string {
  if (lane === null || lane.trace === null) return ''
  const { trace, pieces } = lane
  return answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary)
}

/**
 * Writes pieces of text and gaps (null) into a paragraph that is nobody else's: what stands alike at its beginning and
 * at its end stays, as a pass changes a few places.
 */
function writeParts(paragraph: HTMLElement, parts: readonly (string | null)[]): void {
  const spans = [...paragraph.children]
  const isAlike = (span: Element | undefined, part: string | null) =>
    span?.textContent === (part ?? GAP) && (span.className !== '') === (part === null)
  const most = Math.min(spans.length, parts.length)
  let before = 0
  while (before < most && isAlike(spans[before], parts[before]!)) before++
  let behind = 0
  while (behind < most - before && isAlike(spans.at(-1 - behind), parts.at(-1 - behind)!)) behind++
  for (const span of spans.slice(before, spans.length - behind)) span.remove()
  const next = spans[spans.length - behind] ?? null
  for (const part of parts.slice(before, parts.length - behind)) {
    const span = document.createElement('span')
    if (part === null) span.className = 'answer-gap'
    span.textContent = part ?? GAP
    paragraph.insertBefore(span, next)
  }
}
