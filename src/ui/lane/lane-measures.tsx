import { useMemo } from 'react'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import type { PassSplit, ServiceRecord, Trace } from '../../trace/trace.ts'
import { milliseconds, ratio } from '../numbers.ts'

/** Both clocks at the playhead, and how left to right the whole run went. */
export function LaneMeasures({ trace, step }: { readonly trace: Trace | null; readonly step: number }) {
  const now = useMemo(() => (trace === null ? null : measure(trace, step)), [trace, step])
  const whole = useMemo(() => (trace === null ? null : measure(trace, trace.steps.length)), [trace])
  const isText = trace?.header.record !== undefined
  const split = useMemo(() => (trace === null ? null : meanSplit(trace)), [trace])
  const timed = whole !== null && whole.ms > 0
  const settled = whole?.lengthSettledAt ?? null
  return (
    <div className="measures">
      <dl>
        <Measure name="Time" value={now && timed ? milliseconds(now.ms) : '–'} />
        <Measure name={isText ? 'Updates' : 'Passes'} value={now ? String(now.passes) : '–'} />
        <Measure
          name={isText ? 'An update' : 'A pass'}
          value={trace && timed ? milliseconds(meanPass(trace)) : '–'}
        />
        <Measure
          name={isText ? 'Pieces / s' : 'Tokens / s'}
          value={now && timed && now.passes > 0 ? ratio(now.tokensPerSecond) : '–'}
        />
        <Measure
          name={isText ? 'Per update' : 'Tokens / pass'}
          value={now && now.passes > 0 ? ratio(now.tokensPerPass) : '–'}
        />
      </dl>
      {split && (
        <p className="pass-split">
          Of a pass: {milliseconds(split.networkMs)} network, {milliseconds(split.queueMs)} queue,{' '}
          {milliseconds(split.computeMs)} compute.
        </p>
      )}
      <p>
        {trace === null ? '\u00a0' : orderSentence(trace)}
        {settled !== null && (
          <span style={{ visibility: step >= settled ? 'visible' : 'hidden' }}>
            {' '}
            Length settled at step {settled}.
          </span>
        )}
      </p>
    </div>
  )
}

function Measure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Milliseconds of a forward pass, on average over the run. */
function meanPass({ steps }: Trace): number {
  return steps.reduce((sum, { passMs }) => sum + passMs, 0) / Math.max(1, steps.length)
}

/** Where the milliseconds of a pass went, on average over the passes of which the server says so. */
function meanSplit({ steps }: Trace): PassSplit | null {
  const known = steps.flatMap(({ split }) => (split ? [split] : []))
  if (known.length === 0) return null
  const mean = (of: (split: PassSplit) => number) =>
    known.reduce((sum, split) => sum + of(split), 0) / known.length
  return {
    networkMs: mean(({ networkMs }) => networkMs),
    queueMs: mean(({ queueMs }) => queueMs),
    computeMs: mean(({ computeMs }) => computeMs),
  }
}

/** What a service's lane is, and what it can't show. */
const RECORDED: Readonly<Record<ServiceRecord, string>> = {
  text: 'Each cell is a piece of text as the service sent it. It sends no confidences and no other candidates.',
  drafts:
    'Each cell is a word of a draft; which words changed is derived from the drafts’ differences. The service sends no confidences, no candidates and no masks.',
}

/** Kendall's τ with its meaning. */
function orderSentence(trace: Trace): string {
  if (trace.header.record !== undefined) return RECORDED[trace.header.record]
  if (trace.header.decoder === 'autoregressive') return 'Kendall’s τ 1.00: left to right, by construction.'
  const tau = kendallTau(trace)
  if (tau === null) {
    const atOnce = trace.status === 'done' && trace.steps.length === 1
    return atOnce ? 'Kendall’s τ: no order, all at once.' : 'Kendall’s τ: no order yet.'
  }
  const meaning =
    tau > 0.8
      ? 'nearly left to right'
      : tau > 0.4
        ? 'leans left to right'
        : tau > -0.4
          ? 'any order'
          : 'leans right to left'
  return `Kendall’s τ ${tau.toFixed(2).replace('-', '−')}: ${meaning} (1 is a typewriter).`
}
