import { useMemo } from 'react'
import type { Comparison } from '../../share/comparison.ts'
import { useRun } from '../stores-context.ts'
import { levelClass } from '../lane/ramp-levels.ts'
import { looksOf, type Look } from './looks.ts'

/** Before anything is shown, the legend is that of a run of masks. */
const USUAL: readonly Look[] = ['masked', 'guess', 'committed', 'end']

interface Shows {
  readonly looks: ReadonlySet<Look>
  /** Whether colour and bar mean anything. */
  readonly confidence: boolean
}

function showsOf(shown: Comparison | null): Shows {
  const traces = shown?.lanes.flatMap(({ trace }) => (trace === null ? [] : [trace])) ?? []
  if (traces.length === 0) return { looks: new Set(USUAL), confidence: true }
  return {
    looks: new Set(traces.flatMap((trace) => [...looksOf(trace)])),
    confidence: traces.some(({ header }) => header.knowledge.confidence),
  }
}

/** What the cells' looks mean: those that what is shown can have, and no others. */
export function Legend() {
  const shown = useRun((state) => state.shown)
  const { looks, confidence } = useMemo(() => showsOf(shown), [shown])
  return (
    <div className="legend" role="group" aria-label="Legend">
      {SAMPLES.filter(({ look }) => looks.has(look)).map(({ look, name, ...sample }) => (
        <span key={look} className="legend-item">
          <Sample look={look} known={confidence} {...sample} />
          <span>{name}</span>
        </span>
      ))}
      {confidence && (
        <span className="legend-ramp">
          <span>0 %</span>
          <span className="legend-gradient" aria-hidden="true" />
          <span>100 % sure, and a full bar</span>
        </span>
      )}
    </div>
  )
}

interface Drawn {
  readonly before?: string
  readonly text?: string
  readonly confidence?: number
}

const SAMPLES: readonly (Drawn & { readonly look: Look; readonly name: string })[] = [
  { look: 'masked', name: 'masked' },
  { look: 'guess', name: 'guess, ≥ 25 %', text: 'cat', confidence: 0.45 },
  { look: 'draft', name: 'draft, not accepted', text: 'cat', confidence: 0.45 },
  { look: 'committed', name: 'committed', text: 'cat', confidence: 0.9 },
  { look: 'revised', name: 'revised', before: 'a', text: 'cat', confidence: 0.8 },
  { look: 'given', name: 'given', text: 'cat' },
  { look: 'held', name: 'held by you', text: 'cat' },
  { look: 'end', name: 'end of answer' },
]

function Sample({ look, known, before, text, confidence }: Drawn & { look: Look; known: boolean }) {
  const level = known && confidence !== undefined ? levelClass(confidence) : ''
  const tint = look === 'committed' || look === 'revised' ? level : ''
  return (
    <span
      className={`cell legend-cell ${tint}`}
      translate="no"
      data-state={look === 'held' ? 'committed' : look}
      data-held={look === 'held' || undefined}
      aria-hidden="true"
    >
      {before !== undefined && <del>{before}</del>}
      {text}
      <i className={`bar ${level}`} />
    </span>
  )
}
