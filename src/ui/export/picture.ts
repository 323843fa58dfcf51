import { followedStep } from '../../store/clock.ts'
import type { Shown } from '../../store/shown.ts'
import type { FollowRule } from '../../trace/follow.ts'
import { answerParts, answerText, cellTexts, GAP } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import type { CellState } from '../../trace/frame.ts'
import { measure } from '../../trace/measure.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import type { Decoder, Trace } from '../../trace/trace.ts'
import { describeDecoding, describeModel } from '../lane/lane-description.ts'
import { LANE_NAMES } from '../lane/lane-names.ts'
import { milliseconds } from '../numbers.ts'

interface PictureCell {
  readonly state: CellState
  readonly text: string
  readonly confidence: number
  readonly fresh: boolean
}

export interface PictureLane {
  readonly lane: Decoder
  readonly title: string
  readonly cells: readonly PictureCell[]
  /** Cells that room is kept for. */
  readonly slots: number
  readonly answer: string
  /** The whole answer: its room is kept from the first step on. */
  readonly wholeAnswer: string
  readonly clocks: string
}

/** All that a picture of one step shows, as plain data: it is drawn in the page or in a worker. */
export interface Picture {
  readonly prompt: string
  readonly step: string
  readonly lanes: readonly PictureLane[]
  readonly foot: string
}

/** Positions that a picture has room for. */
const MOST_CELLS = 512

/** The comparison as it stands on a step of the diffusion lane, and at `ms` of its clock. */
export function pictureOf(
  { prompt, traces, pieces, source, recordedAt }: Shown,
  rule: FollowRule,
  at: { readonly step: number; readonly ms: number },
): Picture {
  const { diffusion, autoregressive } = traces
  const lanes: PictureLane[] = []
  if (diffusion !== null) lanes.push(laneOf(diffusion, at.step, pieces))
  if (autoregressive !== null) {
    lanes.push(laneOf(autoregressive, followedStep(rule, diffusion, autoregressive, at), pieces))
  }
  const header = (diffusion ?? autoregressive)?.header
  const words = [header && describeModel(header), source, recordedAt?.slice(0, 10), 'Diffuscope']
  return {
    prompt,
    step: `step ${at.step} / ${diffusion?.steps.length ?? 0}`,
    lanes,
    foot: words.filter(Boolean).join(' · '),
  }
}

function laneOf(trace: Trace, step: number, pieces: Shown['pieces']): PictureLane {
  const { header } = trace
  const frame = frameAt(trace, step)
  const texts = cellTexts(
    frame.cells.map(({ id }) => id),
    pieces,
    header.vocabulary,
  )
  const { ms, passes } = measure(trace, step)
  const timed = (trace.steps.at(-1)?.at ?? 0) > 0
  return {
    lane: header.decoder,
    title: `${LANE_NAMES[header.decoder]} · ${describeDecoding(header)}`,
    cells: frame.cells.slice(0, MOST_CELLS).map(({ state, confidence = 0, fresh }, position) => ({
      state,
      text: texts[position] ?? '',
      confidence,
      fresh,
    })),
    slots: Math.min(MOST_CELLS, positionsOf(trace)),
    answer: answerParts(frame, pieces, header.vocabulary)
      .map((part) => part ?? GAP)
      .join(''),
    wholeAnswer: answerText(frameAt(trace, trace.steps.length), pieces, header.vocabulary),
    clocks: `${timed ? `${milliseconds(ms)} · ` : ''}${passes} ${unitOf(trace, passes)}`,
  }
}

/** What a step is: how many passes a service takes is not known. */
function unitOf({ header }: Trace, count: number): string {
  if (header.record !== undefined) return count === 1 ? 'update' : 'updates'
  return count === 1 ? 'forward pass' : 'forward passes'
}
