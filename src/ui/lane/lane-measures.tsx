import { useCallback, useMemo, useRef } from 'react'
import { kendallTau } from '../../trace/kendall.ts'
import { isText } from '../../trace/knowledge.ts'
import { meanPass, meanSplit, measure } from '../../trace/measure.ts'
import { duration, laneMs } from '../../trace/timeline.ts'
import type { Trace } from '../../trace/trace.ts'
import { TermWord } from '../terms/term.tsx'
import type { TermId } from '../terms/terms.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { milliseconds, ratio } from '../numbers.ts'
import { describeModel } from './lane-description.ts'
import { orderSentence } from './order-sentence.ts'

interface Props {
  readonly id: string
  readonly trace: Trace | null
}

/** Both clocks at the playhead, and how left to right the whole run went. */
export function LaneMeasures({ id, trace }: Props) {
  const time = useRef<HTMLElement>(null)
  const passes = useRef<HTMLElement>(null)
  const rate = useRef<HTMLElement>(null)
  const share = useRef<HTMLElement>(null)
  const settled = useRef<HTMLSpanElement>(null)
  const order = useRef<HTMLSpanElement>(null)
  const text = trace !== null && isText(trace.header.knowledge)
  const timed = duration(trace) > 0
  const split = useMemo(() => trace && meanSplit(trace), [trace])
  const tau = useMemo(() => trace && kendallTau(trace), [trace])
  const settledAt = useMemo(() => trace && measure(trace, trace.steps.length).lengthSettledAt, [trace])

  const draw = useCallback(
    ({ step, timeline, moment, place }: LaneMoment) => {
      const now = trace && measure(trace, step)
      const some = now !== null && now.passes > 0
      write(time.current, trace && timed ? milliseconds(laneMs(trace, timeline, moment, place)) : '–')
      write(passes.current, now ? String(now.passes) : '–')
      write(rate.current, some && timed ? ratio(now.tokensPerSecond) : '–')
      write(share.current, some ? ratio(now.tokensPerPass) : '–')
      // The order is that of the whole run: said once it is over.
      if (order.current !== null && trace !== null) {
        order.current.style.visibility = step >= trace.steps.length ? 'visible' : 'hidden'
      }
      if (settled.current !== null && settledAt !== null) {
        settled.current.style.visibility = step >= settledAt ? 'visible' : 'hidden'
      }
    },
    [trace, timed, settledAt],
  )
  useDrawnLane(id, draw)

  return (
    <>
      <dl>
        <Measure name="Time" term="two-clocks">
          <dd ref={time} />
        </Measure>
        <Measure name={text ? 'Updates' : 'Passes'} term={text ? null : 'forward-pass'}>
          <dd ref={passes} />
        </Measure>
        <Measure name={text ? 'Pieces / s' : 'Tokens / s'} term={text ? null : 'token'}>
          <dd ref={rate} />
        </Measure>
        <Measure name={text ? 'Per update' : 'Tokens / pass'} term={text ? null : 'tokens-per-pass'}>
          <dd ref={share} />
        </Measure>
        <Measure name={text ? 'An update' : 'A pass'}>
          <dd>{trace && timed ? milliseconds(meanPass(trace)) : '–'}</dd>
        </Measure>
      </dl>
      <div className="measures-more">
        {split && (
          <p className="pass-split">
            {`Of a pass: ${milliseconds(split.networkMs)} network, ${milliseconds(split.queueMs)} queue, ${milliseconds(split.computeMs)} compute.`}
          </p>
        )}
        <p>
          <span ref={order}>{trace === null ? '\u00a0' : orderSentence(trace, tau)}</span>
          {settledAt !== null && <span ref={settled}>{` Length settled at step ${settledAt}.`}</span>}
        </p>
        <p className="lane-model" translate="no">
          {trace && describeModel(trace.header)}
        </p>
      </div>
    </>
  )
}

interface MeasureProps {
  readonly name: string
  readonly term?: TermId | null
  readonly children: React.ReactNode
}

function Measure({ name, term = null, children }: MeasureProps) {
  return (
    <div>
      <dt>{term === null ? name : <TermWord id={term}>{name}</TermWord>}</dt>
      {children}
    </div>
  )
}

/** Past React, which holds no text of this element. */
function write(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text
}
