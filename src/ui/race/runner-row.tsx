import { useId } from 'react'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import { ownSettings } from '../../core/own-settings.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'
import { BUNDLED_MODELS, MODEL_IDS } from '../../engines/model/bundled-models.ts'
import { spendsTokens, type Runner, type Way } from '../../store/race/runner.ts'
import { NumberField } from './number-field.tsx'

interface Props {
  readonly place: number
  readonly name: string
  readonly runner: Runner
  readonly answerLength: number
  readonly onChange: (runner: Runner) => void
  /** Absent where there must be as many lanes as there are. */
  readonly onRemove?: () => void
}

const WAYS: readonly (readonly [Way, string])[] = [
  ...STRATEGY_NAMES.map((way) => [way, strategyOf(way).label] as const),
  ['autoregressive', 'Autoregressive'],
]

/** What a strategy spends where nothing was chosen, as one number. */
function startingBudget(way: StrategyName, answerLength: number): number {
  const own = ownSettings(defaultDiffusionSettings(answerLength, way))
  return strategyOf(way).budget(own, answerLength)
}

/** What a budget of a strategy is, and which are worth a try. */
function budgetField(way: StrategyName, answerLength: number) {
  if (spendsTokens(way)) return { label: 'Tokens a pass', min: 1, max: answerLength, step: 1 }
  const [setting] = Object.values(strategyOf(way).own)
  const { min, max, step } = setting!.range(answerLength)
  return { label: setting!.label, min, max, step }
}

/** A lane of the race: how it decodes, what it may spend, how freely it draws, and on which model. */
export function RunnerRow({ place, name, runner, answerLength, onChange, onRemove }: Props) {
  const { way, budget, temperature, model } = runner
  const heading = useId()
  const change = (part: Partial<Runner>) => onChange({ ...runner, ...part })
  const chooseWay = (next: Way) => {
    const keeps =
      next === 'autoregressive' ||
      (way !== 'autoregressive' && spendsTokens(next) && spendsTokens(way)) ||
      next === way
    change({ way: next, budget: keeps ? budget : startingBudget(next, answerLength) })
  }
  return (
    <li className="runner" aria-labelledby={heading}>
      <span id={heading} className="visually-hidden">{`Lane ${place}: ${name}`}</span>
      <label>
        <span>Lane {place}</span>
        <select value={way} onChange={(event) => chooseWay(event.target.value as Way)}>
          {WAYS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {way === 'autoregressive' ? (
        <span className="runner-fixed">one a pass</span>
      ) : (
        <NumberField
          {...budgetField(way, answerLength)}
          value={budget}
          onChange={(value) => change({ budget: value })}
        />
      )}
      <NumberField
        label="Temperature"
        min={0}
        max={1.5}
        step={0.1}
        value={temperature}
        onChange={(value) => change({ temperature: value })}
      />
      <label>
        <span>Model</span>
        <select
          value={model}
          onChange={(event) => change({ model: MODEL_IDS.find((id) => id === event.target.value) ?? model })}
        >
          {MODEL_IDS.map((id) => (
            <option key={id} value={id}>
              {BUNDLED_MODELS[id].label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="icon-button"
        aria-label={`Take lane ${place} out`}
        disabled={onRemove === undefined}
        onClick={onRemove}
      >
        ×
      </button>
    </li>
  )
}
