import { Button } from 'react-aria-components/Button'
import type { Lane } from '../../share/comparison.ts'
import { laneOf } from '../../share/comparison.ts'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useHands, useOpened, useRun, useStores } from '../stores-context.ts'

const LaneHands = lazyPart(async () => (await import('./lane-hands.tsx')).LaneHands)

/** What a lane has of people's hands, where it has anything. */
export function HandsSlot({ lane }: { readonly lane: Lane }) {
  const isDrafted = useHands(({ drafts }) => drafts[lane.id] !== undefined)
  return (isDrafted || lane.parent !== undefined) && <LaneHands lane={lane} />
}

/** Closes a lane, which can be undone: there once there are more lanes than a fresh run has, or a fork. */
export function CloseButton({ lane }: { readonly lane: Lane }) {
  const { run, hands } = useStores()
  const closes = useRun(({ shown }) => {
    const lanes = shown?.lanes ?? []
    return lanes.length > 2 || (lanes.length > 1 && lanes.some(({ parent }) => parent !== undefined))
  })
  if (!closes) return null
  const close = () => {
    run.getState().close(lane.id)
    hands.getState().tell(`${lane.name} was closed. It can be brought back.`)
  }
  return (
    <Button className="link-button" aria-label={`Close ${lane.name}`} onPress={close}>
      ✕
    </Button>
  )
}

/** Begins a fork at the step that the lane stands on. */
export function ForkButton({ lane }: { readonly lane: Lane }) {
  const { hands, run, playback } = useStores()
  const controlsHidden = useOpened(({ opened }) => opened?.teacher.hideControls ?? false)
  const canFork =
    !controlsHidden &&
    lane.trace?.header.knowledge.steps === 'pass' &&
    lane.trace.header.vocabulary.mask !== null &&
    (lane.decoder === 'diffusion' || lane.trace.header.canvas === undefined)
  if (!canFork) return null
  const begin = () => {
    const { timeline, at } = playback.getState()
    const place = run.getState().shown?.lanes.findIndex(({ id }) => id === lane.id) ?? 0
    playback.getState().pause()
    hands.getState().begin(lane.id, timeline.moments[at]?.steps[place] ?? 0)
  }
  return (
    <Button className="link-button" aria-label={`Fork ${lane.name} here`} onPress={begin}>
      Fork
    </Button>
  )
}

/** What was done last, for listeners; and the way to bring back a lane that was closed. */
export function HandsStatus() {
  const { run } = useStores()
  const said = useHands((state) => state.said)
  const closed = useRun((state) => state.closed)
  const name = laneOf(closed?.before ?? null, closed?.lane ?? '')?.name
  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {name !== undefined && (
        <p className="lane-closed">
          {`${name} was closed. `}
          <Button className="link-button" onPress={() => run.getState().reopen()}>
            Bring it back
          </Button>
        </p>
      )}
    </>
  )
}
