import { useCallback, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { laneOf, leaderOf, type Lane } from '../../share/comparison.ts'
import { passSentence } from '../../trace/pass-sentence.ts'
import { tellerOf } from '../hands/teller-of.ts'
import { accentOf } from '../lane/accent.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { usePlayback, useRun, useStores, useView } from '../stores-context.ts'

/** With more lanes, the one that leads speaks for all, and the newest fork for itself. */
const MOST_SPEAKING = 2

/** A sentence of every lane, the leading one first; at the end, what else there is to see. */
export function PassWords() {
  const shown = useRun((state) => state.shown)
  const leader = leaderOf(shown)
  if (shown === null || leader === null) return null
  const others = shown.lanes.filter((lane) => lane !== leader)
  const forks = others.filter(({ parent }) => parent !== undefined)
  const speaking = [leader, ...(shown.lanes.length > MOST_SPEAKING ? forks.slice(-1) : others)]
  return (
    <p>
      {speaking.map((lane, at) => (
        <LaneWords
          key={lane.id}
          lane={lane}
          accent={accentOf(shown.lanes, lane)}
          named={at > 0 || shown.lanes.length > MOST_SPEAKING}
        />
      ))}
      <Proposal />
    </p>
  )
}

interface Props {
  readonly lane: Lane
  readonly accent: number
  /** Whether the lane is named: the one that leads needs no name beside one other. */
  readonly named: boolean
}

function LaneWords({ lane, accent, named }: Props) {
  const { id, name, trace, pieces } = lane
  const parent = useRun(({ shown }) => laneOf(shown, lane.parent?.lane ?? ''))
  const title = useRef<HTMLElement>(null)
  const words = useRef<HTMLSpanElement>(null)
  const draw = useCallback(
    ({ step }: LaneMoment) => {
      if (title.current === null || words.current === null) return
      const said =
        trace === null
          ? { name: '', words: 'It has not begun.' }
          : passSentence(tellerOf(lane, parent, step) ?? trace, step, pieces)
      const isOver = trace !== null && trace.status === 'done' && step === trace.steps.length
      const heading = named ? (said.name === '' ? name : `${name}, ${said.name.toLowerCase()}`) : said.name
      title.current.textContent = heading === '' ? '' : `${heading}${isOver ? ', the last' : ''}.`
      words.current.textContent = ` ${said.words} `
    },
    [name, lane, parent, trace, pieces, named],
  )
  useDrawnLane(id, draw)
  return (
    <span className="pass-lane" data-accent={accent} translate="no">
      <b ref={title} />
      <span ref={words} />
    </span>
  )
}

/** Once, at the end of a run: the same text, tinted by the pass that committed each word. */
function Proposal() {
  const { view } = useStores()
  const isEnd = usePlayback(
    ({ at, timeline, playing }) => !playing && at > 0 && at === timeline.moments.length - 1,
  )
  const proposes = useView((state) => state.proposes)
  if (!isEnd || !proposes) return null
  return (
    <Button className="pass-proposal" onPress={() => view.getState().setTint('order')}>
      See in which order it was written
    </Button>
  )
}
