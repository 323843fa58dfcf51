import { Button } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { isBusy } from '../../store/activity.ts'
import { runHere } from '../../store/open-comparison.ts'
import type { ModelCard } from '../../trace/trace.ts'
import { useHomeModel } from '../recordings/use-recordings.ts'
import { useOpened, usePlayback, useRun, useStores } from '../stores-context.ts'
import { RunDifferences } from './run-differences.tsx'

/** What came by a link: who computed it, and a way to compute it here and see what differs. */
export function OpenedBar() {
  const stores = useStores()
  const opened = useOpened((state) => state.opened)
  const live = useOpened((state) => state.live)
  const shown = useRun((state) => state.shown)
  const busy = useRun(({ activity }) => isBusy(activity))
  const heldAt = usePlayback(({ locked, step }) => (locked ? step : null))
  const home = useHomeModel()
  if (opened === null) return null
  const { caption, teacher } = opened
  const model = opened.shown.traces.diffusion?.header.model
  const view = (which: 'sender' | 'here') => {
    const wanted = which === 'here' ? live : opened.shown
    if (wanted === null || wanted === shown) return
    const { step } = stores.playback.getState()
    stores.run.getState().open(wanted)
    stores.playback.getState().goTo(step)
  }
  return (
    <section className="opened" aria-label="Shared comparison">
      {caption !== '' && <p className="opened-caption">{caption}</p>}
      <div className="opened-row">
        <p className="opened-prompt">“{opened.shown.prompt}”</p>
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
            onSelectionChange={([key]) => view(key as 'sender' | 'here')}
          >
            <ToggleButton id="sender">Sender’s</ToggleButton>
            <ToggleButton id="here">Here</ToggleButton>
          </ToggleButtonGroup>
        )}
      </div>
      {heldAt !== null && (
        <p className="opened-held">Held on step {heldAt} for this lesson: Play and the step slider rest.</p>
      )}
      <p className="opened-model">{model && home && strangeness(model, home)}</p>
      {live !== null && !busy && <RunDifferences sender={opened.shown} here={live} />}
    </section>
  )
}

/** What the reader should know of a model that is not this page's; empty where it is. */
function strangeness(theirs: ModelCard, ours: ModelCard): string {
  if (theirs.name === ours.name && theirs.revision === ours.revision) return ''
  const which =
    theirs.name === ours.name
      ? `another version of ${theirs.name} (${theirs.revision})`
      : `${theirs.name} (${theirs.revision})`
  return `Computed by ${which}, which is not the model of this page (${ours.name} ${ours.revision}). It plays as it was; a run here may answer otherwise.`
}
