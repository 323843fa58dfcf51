import '../lane/token.css'
import './legend.css'
import { useMemo } from 'react'
import type { Comparison } from '../../share/comparison.ts'
import type { View } from '../../store/view.ts'
import type { CellState } from '../../trace/frame.ts'
import { useRun, useStores, useView } from '../stores-context.ts'
import { sureClass } from '../tint/tint.ts'
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

/** What the looks of places mean: those that what is shown can have, and no others. */
export function Legend() {
  const { view } = useStores()
  const shown = useRun((state) => state.shown)
  const drawn = useView((state) => state.view)
  const blanks = useView((state) => state.blanks)
  const { looks, confidence } = useMemo(() => showsOf(shown), [shown])
  const hasParent = shown?.lanes.some(({ parent }) => parent !== undefined) ?? false
  return (
    <div className="legend" role="group" aria-label="Legend">
      {SAMPLES.filter(({ look }) => looks.has(look)).map(({ look, name, ...sample }) => (
        <span key={look} className="legend-item">
          <Sample view={drawn} look={look} known={confidence} {...sample} />
          <span>{name}</span>
        </span>
      ))}
      <span className="legend-item">
        <Sample view={drawn} look="committed" known={false} text="cat" fresh />
        <span>committed by this pass</span>
      </span>
      {hasParent && (
        <span className="legend-item">
          <Sample view={drawn} look="committed" known={false} text="cat" differs />
          <span>not as in the lane it was made from</span>
        </span>
      )}
      {confidence && (
        <span className="legend-ramp">
          <span>0 %</span>
          <span className="legend-gradient" aria-hidden="true" />
          <span>100 % sure, and a full bar</span>
        </span>
      )}
      <label className="legend-ramp check">
        <input
          type="checkbox"
          checked={blanks}
          onChange={({ target }) => view.getState().setBlanks(target.checked)}
        />
        Show blanks and breaks in the text
      </label>
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
  { look: 'again', name: 'masked again', before: 'cat' },
  { look: 'guess', name: 'guess, ≥ 25 %', text: 'cat', confidence: 0.45 },
  { look: 'draft', name: 'draft, not accepted', text: 'cat', confidence: 0.45 },
  { look: 'rejected', name: 'draft in place of one just refused', text: 'cat', confidence: 0.45 },
  { look: 'committed', name: 'committed', text: 'cat', confidence: 0.9 },
  { look: 'revised', name: 'revised', before: 'a', text: 'cat', confidence: 0.8 },
  { look: 'given', name: 'given', text: 'cat' },
  { look: 'held', name: 'held by you', text: 'cat' },
  { look: 'end', name: 'end of answer' },
]

/** The state that a look is a part of. */
const STATES: Partial<Record<Look, CellState>> = { held: 'committed', again: 'masked', rejected: 'draft' }

interface SampleProps extends Drawn {
  readonly view: View
  readonly look: Look
  readonly known: boolean
  readonly fresh?: boolean
  readonly differs?: boolean
}

function Sample({ view, look, known, before, text, confidence, fresh, differs }: SampleProps) {
  const level = known && confidence !== undefined ? sureClass(confidence) : ''
  const tint = look === 'committed' || look === 'revised' ? level : ''
  const isCell = view === 'cells'
  return (
    <span
      className={`${isCell ? 'cell' : 'place'} legend-cell ${tint}`}
      translate="no"
      data-state={STATES[look] ?? look}
      data-held={look === 'held' || undefined}
      data-again={look === 'again' || undefined}
      data-rejected={look === 'rejected' || undefined}
      data-fresh={fresh}
      data-differs={differs}
      data-before={isCell ? undefined : before}
      aria-hidden="true"
    >
      {isCell && before !== undefined && <del>{before}</del>}
      {text}
      {isCell && <i className={`bar ${level}`} />}
    </span>
  )
}
