import type { CSSProperties } from 'react'

/** What the cells' looks mean. */
export function Legend() {
  return (
    <div className="legend" role="group" aria-label="Legend">
      <Sample state="masked" name="masked" />
      <Sample state="guess" name="guess, ≥ 25 %" text="cat" confidence={0.45} />
      <Sample state="committed" name="committed" text="cat" confidence={0.9} />
      <Sample state="revised" name="revised" before="a" text="cat" confidence={0.8} />
      <Sample state="end" name="end of answer" />
      <span className="legend-ramp">
        <span>0 %</span>
        <span className="legend-gradient" aria-hidden="true" />
        <span>100 % sure, and a full bar</span>
      </span>
    </div>
  )
}

interface SampleProps {
  readonly state: string
  readonly name: string
  readonly before?: string
  readonly text?: string
  readonly confidence?: number
}

function Sample({ state, name, before, text = '', confidence = 0 }: SampleProps) {
  return (
    <span className="legend-item">
      <span
        className="cell legend-cell"
        translate="no"
        data-state={state}
        aria-hidden="true"
        style={{ '--confidence': confidence } as CSSProperties}
      >
        {before !== undefined && <del>{before}</del>}
        {text}
      </span>
      {name}
    </span>
  )
}
