import { useCallback, useMemo, useRef } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { answerParts, answerText, GAP } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { frameNow } from './frame-now.ts'

interface Props {
  readonly id: string
  readonly lane: Lane | null
}

/**
 * The committed text as it reads, with a mark where positions are still masked. The whole answer lies under it
 * unseen, so that its room is reserved.
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
    <div className="answer">
      <p ref={text} className="answer-text" />
      <p className="answer-room" aria-hidden="true" translate="no">
        {whole}
      </p>
    </div>
  )
}

function wholeAnswer(lane: Lane | null): string {
  if (lane === null || lane.trace === null) return ''
  const { trace, pieces } = lane
  return answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary)
}

/** Writes pieces of text and gaps (null) into a paragraph that is nobody else's, and only those that changed. */
function writeParts(paragraph: HTMLElement, parts: readonly (string | null)[]): void {
  const { children } = paragraph
  while (children.length > parts.length) paragraph.lastElementChild!.remove()
  parts.forEach((part, at) => {
    const span = children[at] ?? paragraph.appendChild(document.createElement('span'))
    const kind = part === null ? 'answer-gap' : ''
    if (span.className !== kind) span.className = kind
    if (span.textContent !== (part ?? GAP)) span.textContent = part ?? GAP
  })
}
