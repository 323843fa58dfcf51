import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { autoregressiveSettings } from '../../core/autoregressive-settings.ts'
import { changeSettings } from '../../core/change-settings.ts'
import { ownSettings } from '../../core/own-settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import type { Lane } from '../../share/comparison.ts'
import type { Draft } from '../../store/hands.ts'
import { Choice } from '../controls/choice.tsx'
import { NumberSlider } from '../controls/number-slider.tsx'
import { useLaneStep } from '../lane-step.ts'
import { STRATEGIES } from '../settings/choices.ts'
import { SeedField } from '../settings/seed-field.tsx'
import { useStores } from '../stores-context.ts'
import { goOnFrom, showStep } from './act.ts'

interface Props {
  readonly lane: Lane
  readonly draft: Draft
}

/** What was changed at a step of a lane and not gone on from yet, and what can be done with it. */
export function EditBar({ lane, draft }: Props) {
  const stores = useStores()
  const hands = stores.hands.getState()
  const step = useLaneStep(lane.id)
  const [complaint, setComplaint] = useState<string | null>(null)
  const { id } = lane
  const count = draft.changes.length
  const what =
    count === 0 ? 'Nothing changed' : count === 1 ? '1 position changed' : `${count} positions changed`
  return (
    <div className="edit-bar" role="group" aria-label={`Edits of ${lane.name}`}>
      <p className="edit-what">
        {`${what} at step ${draft.step}`}
        {step !== draft.step && (
          <Button className="link-button" onPress={() => showStep(stores, id, draft.step)}>
            Show step {draft.step}
          </Button>
        )}
      </p>
      <div className="edit-buttons">
        <Button className="quiet-button" isDisabled={draft.past.length === 0} onPress={() => hands.undo(id)}>
          Undo
        </Button>
        <Button
          className="quiet-button"
          isDisabled={draft.future.length === 0}
          onPress={() => hands.redo(id)}
        >
          Redo
        </Button>
        <Button className="quiet-button" onPress={() => hands.drop(id)}>
          Leave it
        </Button>
        <Button
          className="quiet-button edit-go"
          onPress={() => void goOnFrom(stores, lane).then(setComplaint)}
        >
          Go on from here
        </Button>
      </div>
      {complaint !== null && (
        <p className="hands-complaint" role="alert">
          {complaint}
        </p>
      )}
      <OtherSettings lane={lane} draft={draft} />
    </div>
  )
}

/** How it goes on, where that is to be otherwise than so far. */
function OtherSettings({ lane, draft }: Props) {
  const { hands } = useStores()
  const header = lane.trace?.header
  if (header === undefined) return null
  const change = (part: Draft['settings']) => hands.getState().set(lane.id, part)
  const isDiffusion = header.decoder === 'diffusion'
  const diffusion = isDiffusion ? changeSettings(header.settings, draft.settings) : null
  const settings = diffusion ?? autoregressiveSettings({ ...header.settings, ...draft.settings })
  return (
    <details className="edit-settings">
      <summary>With other settings</summary>
      {diffusion !== null && (
        <>
          <Choice
            label="Strategy"
            options={STRATEGIES}
            value={diffusion.strategy}
            onChange={(strategy) => change({ strategy })}
          />
          {Object.entries(strategyOf(diffusion.strategy).own).map(([key, { label, hint, range }]) => (
            <NumberSlider
              key={key}
              label={label}
              hint={hint(ownSettings(diffusion)[key]!, diffusion.answerLength)}
              value={ownSettings(diffusion)[key]!}
              {...range(diffusion.answerLength)}
              onChange={(value) => change({ [key]: value })}
            />
          ))}
        </>
      )}
      <NumberSlider
        label="Temperature"
        hint={settings.temperature === 0 ? 'the most probable token' : 'sampled'}
        value={settings.temperature}
        min={0}
        max={1.5}
        step={0.1}
        onChange={(temperature) => change({ temperature })}
      />
      <SeedField value={settings.seed} onChange={(seed) => change({ seed })} />
    </details>
  )
}
