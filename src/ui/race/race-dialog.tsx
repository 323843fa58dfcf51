import './race.css'
import { use, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { BUNDLED_MODELS } from '../../engines/model/bundled-models.ts'
import { MOST_LANES } from '../../share/comparison.ts'
import type { Recipe } from '../../store/recipe.ts'
import { MOST_REPEATS } from '../../store/race/repeat.ts'
import { PRESETS } from '../../store/race/presets.ts'
import { racePlans } from '../../store/race/race-plans.ts'
import { LEAST_RUNNERS, runnerNames, type Runner } from '../../store/race/runner.ts'
import { ClosePopover } from '../controls/close-popover.ts'
import { megabytes } from '../numbers.ts'
import { useRace, useRecipe, useStores } from '../stores-context.ts'
import { bringIntoSight } from './bring-into-sight.ts'
import { NumberField } from './number-field.tsx'
import { RunnerRow } from './runner-row.tsx'

/** Who races: a preset, or two to six lanes of one's own choice. */
export function RaceDialog() {
  const { race, recipe, repeat, run } = useStores()
  const [times, setTimes] = useState(1)
  const close = use(ClosePopover)
  const prompt = useRecipe((state) => state.prompt)
  const settings = useRecipe((state) => state.settings)
  const model = useRecipe((state) => state.model)
  const chosen = useRace((state) => state.runners)
  const { temperature, seed, answerLength } = settings
  const runners = chosen ?? PRESETS[0]!.runners(model, temperature)
  const set = (next: readonly Runner[]) => race.getState().setRunners(next)
  const names = runnerNames(runners)
  const isFull = runners.length === MOST_LANES
  const start = () => {
    close()
    const plansOf = (of: Recipe) => racePlans(of, runners)
    if (times > 1) void repeat.getState().start(recipe.getState(), plansOf, times)
    else void run.getState().start(recipe.getState(), plansOf(recipe.getState()))
    bringIntoSight(run)
  }
  return (
    <div className="race-form">
      <h2>Race</h2>
      <p className="settings-note">
        One prompt, one seed ({seed}), {answerLength} tokens at most: the lanes are computed one after the
        other on this device and replayed together.
      </p>
      <ul className="race-presets" aria-label="Races to try">
        {PRESETS.map(({ name, hint, runners: ofPreset }) => (
          <li key={name}>
            <Button
              className="quiet-button"
              aria-pressed={isSame(runners, ofPreset(model, temperature))}
              onPress={() => set(ofPreset(model, temperature))}
            >
              {name}
            </Button>
            <span>{hint}</span>
          </li>
        ))}
      </ul>
      <ol className="race-runners" aria-label="Lanes">
        {runners.map((runner, at) => (
          <RunnerRow
            key={at}
            place={at + 1}
            name={names[at]!}
            runner={runner}
            answerLength={answerLength}
            onChange={(next) => set(runners.with(at, next))}
            {...(runners.length > LEAST_RUNNERS && { onRemove: () => set(runners.toSpliced(at, 1)) })}
          />
        ))}
      </ol>
      <div className="button-row race-start">
        <Button
          className="quiet-button"
          isDisabled={isFull}
          onPress={() => set([...runners, runners.at(-1)!])}
        >
          Add a lane
        </Button>
        <NumberField
          label="Runs over seeds"
          min={1}
          max={MOST_REPEATS}
          step={1}
          value={times}
          onChange={setTimes}
        />
        <p className="settings-note">{note(runners, isFull)}</p>
        <Button className="run-button" isDisabled={prompt.trim() === ''} onPress={start}>
          Start the race
        </Button>
      </div>
      {prompt.trim() === '' && <p role="status">Type a prompt first: all lanes answer the same one.</p>}
    </div>
  )
}

function isSame(runners: readonly Runner[], others: readonly Runner[]): boolean {
  return JSON.stringify(runners) === JSON.stringify(others)
}

function note(runners: readonly Runner[], isFull: boolean): string {
  if (isFull) return `${MOST_LANES} lanes are the most.`
  const fetchesOpen = runners.some(({ model }) => model === 'open')
  return fetchesOpen ? `The open world is fetched once: ${megabytes(BUNDLED_MODELS.open.bytes)} MB.` : ''
}
