import type { Comparison, Lane } from '../../share/comparison.ts'
import { leaderOf } from '../../share/comparison.ts'
import type { Look } from '../../store/view.ts'
import type { CellState } from '../../trace/frame.ts'
import { wordsOf } from '../../trace/knowledge.ts'
import { passesInAll } from '../../trace/passes-in-all.ts'
import { laidText, type LaidText } from '../../trace/text/laid-text.ts'
import { passesAt } from '../../trace/passes-at.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import { duration, laneMs, type Moment, type Timeline } from '../../trace/timeline.ts'
import type { Trace } from '../../trace/trace.ts'
import { accentOf } from '../lane/accent.ts'
import { cellLooks } from '../lane/cell-look.ts'
import { describeDecoding, describeModel } from '../lane/lane-description.ts'
import { tintClass } from '../tint/tint.ts'
import { milliseconds } from '../numbers.ts'
import { clockWords } from '../timeline/playhead-words.ts'

/** A place as it is drawn: a cell of a table, or a mark of the text. */
interface PictureCell {
  readonly state: CellState
  readonly text: string
  readonly confidence: number
  readonly fresh: boolean
  readonly held: boolean
  /** What stood here before; empty for nothing. */
  readonly before: string
  /** The class of its tint, whose colour the picture's colours hold. */
  readonly tint: string
}

export interface PictureLane {
  /** Which of the page's accents it has, from 1. */
  readonly accent: number
  readonly title: string
  readonly cells: readonly PictureCell[]
  /** Cells that room is kept for. */
  readonly slots: number
  /** How the text is laid out, the same at every step; null where cells are drawn. */
  readonly text: LaidText | null
  readonly hasCaret: boolean
  readonly clocks: string
}

/** All that a picture of one moment shows, as plain data: it is drawn in the page or in a worker. */
export interface Picture {
  readonly prompt: string
  readonly step: string
  readonly lanes: readonly PictureLane[]
  readonly foot: string
}

/** Positions that a lane of a picture has room for. */
const MOST_CELLS = 512

/** The comparison as it stands at a moment. Lanes that have not begun are left out. */
export function pictureOf(shown: Comparison, timeline: Timeline, moment: Moment, look: Look): Picture {
  const { prompt, lanes, recordedAt } = shown
  const leader = leaderOf(shown)
  const sources = [...new Set(lanes.map(({ source }) => source))].join(', ')
  const models = [...new Set(lanes.flatMap(({ trace }) => (trace ? [describeModel(trace.header)] : [])))]
  const words = [models.length === 1 && models[0], sources, recordedAt?.slice(0, 10), 'Diffuscope']
  return {
    prompt,
    step: stepOf(leader, timeline, moment, lanes),
    lanes: lanes.flatMap((lane, place) =>
      lane.trace === null ? [] : [pictureLane(lane, lane.trace, lanes, { timeline, moment, place, look })],
    ),
    foot: words.filter(Boolean).join(' · '),
  }
}

function stepOf(leader: Lane | null, timeline: Timeline, moment: Moment, lanes: readonly Lane[]): string {
  const step = leader === null ? 0 : (moment.steps[lanes.indexOf(leader)] ?? 0)
  const { step: word } = leader?.trace ? wordsOf(leader.trace.header.knowledge) : { step: 'step' }
  const clock = clockWords(timeline, moment)
  return `${word} ${step} / ${leader?.trace?.steps.length ?? 0}${clock === '' ? '' : ` · ${clock}`}`
}

interface At {
  readonly timeline: Timeline
  readonly moment: Moment
  readonly place: number
  readonly look: Look
}

function pictureLane(lane: Lane, trace: Trace, lanes: readonly Lane[], at: At): PictureLane {
  const { header } = trace
  const step = at.moment.steps[at.place] ?? 0
  const passes = passesAt(trace, step)
  const time =
    duration(trace) > 0 ? `${milliseconds(laneMs(trace, at.timeline, at.moment, at.place))} · ` : ''
  const words = wordsOf(header.knowledge)
  return {
    accent: accentOf(lanes, lane),
    title: `${lane.name} · ${describeDecoding(header)}`,
    cells: cellLooks(trace, step, lane.pieces)
      .slice(0, MOST_CELLS)
      .map((each) => ({
        state: each.state,
        text: each.text,
        confidence: each.confidence ?? 0,
        fresh: each.fresh,
        held: each.held,
        before: each.before,
        tint: tintClass(each, at.look.tint, passesInAll(trace)),
      })),
    slots: Math.min(MOST_CELLS, positionsOf(trace)),
    text: at.look.view === 'text' ? laidText(trace, lane.pieces, step) : null,
    hasCaret: header.decoder === 'autoregressive' && step < trace.steps.length,
    clocks: `${time}${passes} ${passes === 1 ? words.pass : words.passes}`,
  }
}
