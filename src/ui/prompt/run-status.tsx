import { Button } from 'react-aria-components/Button'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import type { LoadProgress } from '../../engines/progress.ts'
import { estimateMs } from '../../store/estimate.ts'
import { seconds } from '../../store/verdict.ts'
import { megabytes } from '../numbers.ts'
import { LANE_NAMES } from '../lane/lane-names.ts'
import { useRecipe, useRun, useStores } from '../stores-context.ts'
import type { Decoder } from '../../trace/trace.ts'

function loadingSentence(progress: LoadProgress | null): string {
  switch (progress?.phase) {
    case 'download': {
      const amount = `${megabytes(progress.loadedBytes)} of ${megabytes(progress.totalBytes)} MB`
      return progress.cached
        ? `Reading the model from this browser: ${amount}`
        : `Loading the model: ${amount}`
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

const LANES: readonly Decoder[] = ['diffusion', 'autoregressive']

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

/** What is going on, or where the last run was computed and why there. */
export function RunStatus({ recordingsFailed }: { readonly recordingsFailed: boolean }) {
  const activity = useRun((state) => state.activity)
  const shown = useRun((state) => state.shown)
  const notes = useRun((state) => state.notes)
  const trouble = useRun((state) => state.trouble)
  const places = useRecipe((state) => state.places)
  const prompt = useRecipe((state) => state.prompt)
  if (activity.kind === 'loading') {
    const { progress } = activity
    const known = progress?.phase === 'download' && progress.totalBytes > 0
    const sentence = loadingSentence(progress)
    return (
      <div className="run-status">
        <ProgressBar
          className="progress"
          aria-label="Loading the model"
          isIndeterminate={!known}
          value={known ? (progress.loadedBytes / progress.totalBytes) * 100 : 0}
          valueLabel={sentence}
        >
          {({ percentage }) => <div className="progress-fill" style={{ width: `${percentage ?? 100}%` }} />}
        </ProgressBar>
        <span>{sentence}</span>
        {trouble !== null && <span>{trouble}</span>}
      </div>
    )
  }
  if (activity.kind === 'running') {
    const trace = shown?.traces[activity.decoder]
    const left = trace ? estimateMs(trace) : null
    const lane = activity.decoder === 'diffusion' ? 'Diffusion' : 'Autoregressive'
    return (
      <div className="run-status">
        <span>
          {lane} is running{left === null || left === 0 ? '' : `: at most ≈ ${seconds(left)} to go`}
        </span>
        {trouble !== null && <span role="status">{trouble}</span>}
      </div>
    )
  }
  if (shown === null && recordingsFailed) {
    return (
      <div className="run-status">
        <span>The recordings could not be fetched. Choose a prompt of your own and press Run.</span>
      </div>
    )
  }
  return (
    <div className="run-status">
      {shown !== null && shown.prompt !== prompt && (
        <span className="run-status-prompt">Shown below: “{shown.prompt}”</span>
      )}
      {activity.kind === 'stopped' && <Stopped />}
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
      {LANES.map((lane) => {
        const place = places[lane]
        return place && <span key={lane}>{`Next run: ${LANE_NAMES[lane]} on ${place.label}.`}</span>
      })}
    </div>
  )
}
