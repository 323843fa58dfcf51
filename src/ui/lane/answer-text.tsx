import { useMemo } from 'react'
import { answerParts, answerText, GAP } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import type { Frame } from '../../trace/frame.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'
import { unstacked } from './short-text.ts'

interface Props {
  readonly trace: Trace | null
  readonly frame: Frame | null
  readonly pieces: Pieces | null
}

/**
 * The committed text as it reads, with a mark where positions are still masked. The whole answer lies under it
 * unseen, so that its room is reserved.
 */
export function AnswerText({ trace, frame, pieces }: Props) {
  const whole = useMemo(
    () =>
      trace === null || pieces === null
        ? ''
        : answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary),
    [trace, pieces],
  )
  const parts =
    trace === null || frame === null || pieces === null
      ? []
      : answerParts(frame, pieces, trace.header.vocabulary)
  return (
    <div className="answer">
      <p className="answer-text">
        {parts.map((part, at) =>
          part === null ? (
            <span key={at} className="answer-gap">
              {GAP}
            </span>
          ) : (
            unstacked(part)
          ),
        )}
      </p>
      <p className="answer-room" aria-hidden="true">
        {unstacked(whole)}
      </p>
    </div>
  )
}
