import './look-choice.css'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { TINTS, VIEWS, type Tint, type View } from '../../store/view.ts'
import { MOST_CHANGES, ORDER_LEVELS } from './order-ramp.ts'
import { useStores, useView } from '../stores-context.ts'

const VIEW_NAMES: Readonly<Record<View, string>> = { text: 'Text', cells: 'Cells' }
const TINT_NAMES: Readonly<Record<Tint, string>> = {
  sureness: 'Sureness',
  order: 'Order',
  changes: 'Changes',
  none: 'None',
}

/** How lanes are drawn, and what their colours tell. */
export function LookChoice() {
  const { view } = useStores()
  const now = useView((state) => state.view)
  const tint = useView((state) => state.tint)
  return (
    <>
      <Group
        label="View"
        names={VIEW_NAMES}
        all={VIEWS}
        value={now}
        onChange={(next) => view.getState().setView(next)}
      />
      <Group
        label="Tint"
        names={TINT_NAMES}
        all={TINTS}
        value={tint}
        onChange={(next) => view.getState().setTint(next)}
      />
      <TintLegend tint={tint} />
    </>
  )
}

/** What the ends of a tint's ramp mean. */
const ENDS: Readonly<Record<Tint, readonly [string, string] | null>> = {
  sureness: ['unsure', 'sure'],
  order: ['early', 'late'],
  changes: ['guess never changed', `${MOST_CHANGES} times and more`],
  none: null,
}

function TintLegend({ tint }: { readonly tint: Tint }) {
  const ends = ENDS[tint]
  if (ends === null || tint === 'none') return null
  return (
    <span className="tint-legend">
      {ends[0]}
      <span className="tint-ramp" data-tint={tint} aria-hidden="true">
        {tint !== 'sureness' && samplesOf(tint).map((name) => <i key={name} className={name} />)}
      </span>
      {ends[1]}
    </span>
  )
}

function samplesOf(tint: 'order' | 'changes'): string[] {
  const levels = tint === 'order' ? ORDER_LEVELS : MOST_CHANGES
  return Array.from({ length: levels + 1 }, (_, level) => `${tint}-${level}`)
}

interface GroupProps<Value extends string> {
  readonly label: string
  readonly names: Readonly<Record<Value, string>>
  readonly all: readonly Value[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Group<Value extends string>({ label, names, all, value, onChange }: GroupProps<Value>) {
  const id = `look-${label.toLowerCase()}`
  return (
    <div className="look-group">
      <span id={id}>{label}</span>
      <ToggleButtonGroup
        className="choice"
        aria-labelledby={id}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={([key]) => onChange(key as Value)}
      >
        {all.map((each) => (
          <ToggleButton key={each} id={each}>
            {names[each]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
