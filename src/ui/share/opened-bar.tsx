import './share.css'
import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { isBusy } from '../../store/activity.ts'
import { leaderOf } from '../../share/comparison.ts'
import { BUNDLED_MODELS, modelIdOf } from '../../engines/model/bundled-models.ts'
import type { Opened } from '../../store/opening/opened.ts'
import { runHere } from '../../store/opening/run-here.ts'
import type { ModelCard } from '../../trace/trace.ts'
import { useLaneStep } from '../lane-step.ts'
import { useOpened, usePlayback, useRun, useStores } from '../stores-context.ts'
import { RunDifferences } from './run-differences.tsx'

/** What came by a link: who computed it, and a way to compute it here and see what differs. */
export function OpenedBar({ opened }: { readonly opened: Opened }) {
  const stores = useStores()
  const live = useOpened((state) => state.live)
  const shown = useRun((state) => state.shown)
  const busy = useRun(({ activity }) => isBusy(activity))
  const { comparison, caption, teacher } = opened
  const model = leaderOf(comparison)?.trace?.header.model
  return (
    <section className="opened" aria-label="Shared comparison">
      {caption !== '' && <p className="opened-caption">{caption}</p>}
      <div className="opened-row">
        <p className="opened-prompt">“{comparison.prompt}”</p>
        {teacher.hideControls && (
          <Button className="quiet-button" onPress={() => stores.opened.getState().showControls()}>
            Show the controls
          </Button>
        )}
        {!teacher.hideControls && !busy && (
          <Button className="quiet-button" onPress={() => void runHere(stores)}>
            Run it live here
          </Button>
        )}
        {live !== null && !busy && (
          <ToggleButtonGroup
            className="choice"
            aria-label="Which run is shown"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[shown === live ? 'here' : 'sender']}
            onSelectionChange={([key]) => stores.opening.getState().view(key as 'sender' | 'here')}
          >
            <ToggleButton id="sender">Sender’s</ToggleButton>
            <ToggleButton id="here">Here</ToggleButton>
          </ToggleButtonGroup>
        )}
      </div>
      <Held />
      <p className="opened-model">{model && strangeness(model)}</p>
      {live !== null && !busy && <RunDifferences sender={comparison} here={live} />}
    </section>
  )
}

/** Says that the playhead stays, and where. */
function Held() {
  const locked = usePlayback((state) => state.locked)
  const leader = useRun(({ shown }) => leaderOf(shown))
  const step = useLaneStep(leader?.id ?? '')
  if (!locked || !leader?.trace) return null
  return <p className="opened-held">Held on step {step} for this lesson: Play and the step slider rest.</p>
}

/** What the reader should know of a model that is none of this page's; empty where it is one. */
function strangeness({ name, revision }: ModelCard): string {
  const id = modelIdOf(name)
  const ours = BUNDLED_MODELS[id ?? 'small']
  if (id !== null && revision === ours.revision) return ''
  const which = id === null ? `${name} (${revision})` : `another version of ${name} (${revision})`
  return `Computed by ${which}, which is not the model of this page (${ours.name} ${ours.revision}). It plays as it was; a run here may answer otherwise.`
}
