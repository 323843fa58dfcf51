import { useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import type { LoadProgress } from '../../engines/progress.ts'
import { laneOf, type Comparison } from '../../share/comparison.ts'
import { addressOfRun } from '../../store/opening/address.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { estimateMs } from '../../trace/estimate.ts'
import { seconds } from '../../trace/verdict.ts'
import { Progress } from '../controls/progress.tsx'
import { megabytes } from '../numbers.ts'
import { useNotices, useOpening, useRecipe, useRun, useSaved, useStores } from '../stores-context.ts'

function loadingSentence(progress: LoadProgress | null): string {
  switch (progress?.phase) {
    case 'download': {
      const amount = `${megabytes(progress.loadedBytes)} of ${megabytes(progress.totalBytes)} MB`
      return progress.cached
        ? `Reading the model from this browser: ${amount}`
        : `Loading the model: ${amount}${progress.leftMs === undefined ? '' : `, about ${seconds(progress.leftMs)} left`}`
    }
    case 'compile':
      return `Preparing ${progress.what}`
    case 'self-check':
      return 'Checking that this device computes what it should'
    case 'connect':
      return `Waiting for ${progress.to} to answer`
    case undefined:
      return 'Fetching the engine'
  }
}

/** What is shown is kept no longer than the page is open, and why. */
function Fleeting() {
  const isOwn = useOpening(({ address }) => address.startsWith(addressOfRun('')))
  const trouble = useSaved((state) => state.trouble)
  const notice = useNotices((state) => state.notice)
  return isOwn && trouble !== null && trouble !== notice && <span>{trouble}</span>
}

function onNetworkChange(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Without a network, before a model was ever run in this visit: what can be done all the same. */
function Offline() {
  const isOffline = useSyncExternalStore(onNetworkChange, () => !navigator.onLine)
  const isLoaded = useRun(({ model }) => model !== null)
  return (
    isOffline &&
    !isLoaded && (
      <span className="offline-chip">
        Offline: recordings play, and a model that was fetched before runs.
      </span>
    )
  )
}

/** What was stopped can go on, all at once or a step at a time. */
function Stopped() {
  const { run } = useStores()
  const unfinished = useRun((state) => state.unfinished)
  return (
    <>
      <span>Stopped. What was computed stays.</span>
      {unfinished !== null && (
        <span className="go-on">
          <Button className="quiet-button" onPress={() => void run.getState().goOn()}>
            Go on
          </Button>
          <Button className="quiet-button" onPress={() => void run.getState().goOn({ steps: 1 })}>
            One more step
          </Button>
        </span>
      )}
    </>
  )
}

/** How far the model is fetched and made ready. */
function Loading({ progress }: { readonly progress: LoadProgress | null }) {
  const known = progress?.phase === 'download' && progress.totalBytes > 0
  const share = known ? progress.loadedBytes / progress.totalBytes : null
  const sentence = loadingSentence(progress)
  return (
    <>
      <Progress label="Loading the model" share={share} words={sentence} />
      <span>{sentence}</span>
    </>
  )
}

/** Which of many lanes is at work, to be read after what it does. */
function turnOf(shown: Comparison | null, id: string): string {
  const lanes = shown?.lanes ?? []
  const turn = lanes.findIndex((lane) => lane.id === id) + 1
  return lanes.length > FRESH_LANES.length && turn > 0 ? ` (${turn} of ${lanes.length})` : ''
}

/** Which lane is at work, and how long it takes at most. */
function Running({ id }: { readonly id: string }) {
  const lane = useRun(({ shown }) => laneOf(shown, id))
  const turn = useRun(({ shown }) => turnOf(shown, id))
  const fresh = FRESH_LANES.find((each) => each.id === id)
  // Until its first step the run before it is still shown.
  const left = lane?.trace?.status === 'running' ? estimateMs(lane.trace) : null
  return (
    <span>
      {lane?.name ?? fresh?.name ?? 'The first lane'} is running{turn}
      {left === null || left === 0 ? '' : `: at most ≈ ${seconds(left)} to go`}
    </span>
  )
}

/** Where the last run was computed and why there, and where the next one will be. */
function Resting() {
  const activity = useRun((state) => state.activity)
  const shown = useRun((state) => state.shown)
  const notes = useRun((state) => state.notes)
  const places = useRecipe((state) => state.places)
  const prompt = useRecipe((state) => state.prompt)
  return (
    <>
      {shown !== null && shown.prompt !== prompt && (
        <span className="run-status-prompt">Shown below: “{shown.prompt}”</span>
      )}
      {activity.kind === 'stopped' && <Stopped />}
      <Offline />
      <Fleeting />
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
      {FRESH_LANES.map(({ id, name }) => {
        const place = places[id]
        return place && <span key={id}>{`Next run: ${name} on ${place.label}.`}</span>
      })}
    </>
  )
}

/** What is going on, or what was. */
export function RunStatus() {
  const activity = useRun((state) => state.activity)
  const prompt = useRecipe((state) => state.prompt)
  const earlier = useRun(({ shown }) => (shown !== null && shown.prompt !== prompt ? shown.prompt : null))
  const isEmpty = useRun(({ shown }) => shown === null)
  const trouble = useRun((state) => state.trouble)
  const failed = useOpening((state) => state.failed)
  if (activity.kind === 'loading' || activity.kind === 'running') {
    return (
      <div className="run-status">
        {activity.kind === 'loading' ? (
          <Loading progress={activity.progress} />
        ) : (
          <Running id={activity.lane} />
        )}
        {earlier !== null && <span className="run-status-prompt">Still shown below: “{earlier}”</span>}
        {trouble !== null && <span role="status">{trouble}</span>}
      </div>
    )
  }
  if (isEmpty && failed) {
    return (
      <div className="run-status">
        <span>The recordings could not be fetched. Choose a prompt of your own and press Run.</span>
      </div>
    )
  }
  return (
    <div className="run-status">
      <Resting />
    </div>
  )
}
