import { colourOf } from '../timeline/confidence-colours.ts'
import type { Picture, PictureLane } from './picture.ts'
import type { PictureColours } from './picture-colours.ts'
import { fitText, wrapText } from './wrap-text.ts'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const SANS = 'system-ui, "Helvetica Neue", "Segoe UI", Roboto, sans-serif'
const MONO = 'ui-monospace, Menlo, "Cascadia Code", Consolas, monospace'

/** Lengths in units of the picture, which are pixels at scale 1. */
export const PICTURE_WIDTH = 1080
const MARGIN = 28
const GAP = 20
const PAD = 16
const ROW = 30
const CELL_GAP = 3
const LINE = 21
const HEAD = 58
const FOOT = 40

function columnsOf(slots: number): number {
  return slots > 256 ? 16 : 8
}

function laneWidth(count: number): number {
  return (PICTURE_WIDTH - 2 * MARGIN - GAP * (count - 1)) / Math.max(1, count)
}

function gridHeight({ slots }: PictureLane): number {
  return Math.ceil(slots / columnsOf(slots)) * ROW
}

function answerLines(context: Context, text: string, width: number): string[] {
  context.font = `15px ${SANS}`
  return wrapText(text, width - 2 * PAD, (line) => context.measureText(line).width)
}

/** Height of the picture; the same at every step, so that the frames of a film fit each other. */
export function pictureHeight(context: Context, { lanes }: Picture): number {
  const width = laneWidth(lanes.length)
  return HEAD + Math.max(0, ...lanes.map((lane) => laneHeight(context, lane, width))) + FOOT
}

function laneHeight(context: Context, lane: PictureLane, width: number): number {
  const lines = Math.max(2, answerLines(context, lane.wholeAnswer, width).length)
  return 40 + gridHeight(lane) + 12 + lines * LINE + 38
}

/** Draws a step of a comparison over the whole canvas. */
export function drawPicture(context: Context, picture: Picture, colours: PictureColours): void {
  const height = pictureHeight(context, picture)
  const { lanes } = picture
  context.textBaseline = 'alphabetic'
  context.fillStyle = colours.paper
  context.fillRect(0, 0, PICTURE_WIDTH, height)

  context.font = `13px ${SANS}`
  const stepWidth = context.measureText(picture.step).width
  write(context, picture.step, PICTURE_WIDTH - MARGIN - stepWidth, 36, colours.muted)
  context.font = `600 18px ${SANS}`
  const room = PICTURE_WIDTH - 2 * MARGIN - stepWidth - GAP
  write(context, fit(context, picture.prompt.replace(/\s+/g, ' '), room), MARGIN, 36, colours.ink)

  const width = laneWidth(lanes.length)
  lanes.forEach((lane, at) => {
    drawLane(context, lane, colours, MARGIN + at * (width + GAP), width, height - HEAD - FOOT)
  })
  context.font = `12px ${SANS}`
  write(context, fit(context, picture.foot, PICTURE_WIDTH - 2 * MARGIN), MARGIN, height - 15, colours.muted)
}

function write(context: Context, text: string, x: number, y: number, colour: string): void {
  context.fillStyle = colour
  context.fillText(text, x, y)
}

function fit(context: Context, text: string, width: number): string {
  return fitText(text, width, (line) => context.measureText(line).width)
}

function drawLane(
  context: Context,
  lane: PictureLane,
  colours: PictureColours,
  x: number,
  width: number,
  height: number,
): void {
  const accent = colours.lanes[lane.lane]
  context.fillStyle = colours.surface
  context.fillRect(x, HEAD, width, height)
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.strokeRect(x + 0.5, HEAD + 0.5, width - 1, height - 1)
  context.fillStyle = accent
  context.fillRect(x, HEAD, width, 2)
  context.font = `600 14px ${SANS}`
  write(context, fit(context, lane.title, width - 2 * PAD), x + PAD, HEAD + 26, accent)

  const columns = columnsOf(lane.slots)
  const pitch = (width - 2 * PAD + CELL_GAP) / columns
  for (let slot = 0; slot < lane.slots; slot++) {
    const left = x + PAD + (slot % columns) * pitch
    const top = HEAD + 40 + Math.floor(slot / columns) * ROW
    drawCell(context, lane.cells[slot], colours, accent, left, top, pitch - CELL_GAP)
  }
  const under = HEAD + 40 + gridHeight(lane) + 12
  const lines = answerLines(context, lane.answer, width)
  lines.forEach((line, at) => write(context, line, x + PAD, under + 12 + at * LINE, colours.ink))
  context.font = `13px ${SANS}`
  write(context, lane.clocks, x + PAD, HEAD + height - 14, colours.muted)
}

function drawCell(
  context: Context,
  cell: PictureLane['cells'][number] | undefined,
  colours: PictureColours,
  accent: string,
  x: number,
  y: number,
  width: number,
): void {
  const height = ROW - CELL_GAP
  if (cell === undefined) {
    context.fillStyle = colours.line
    context.fillRect(x + width / 2 - 1, y + height / 2 - 1, 3, 3)
    return
  }
  const { state, text, confidence, fresh } = cell
  const ramp = colourOf(colours, confidence)
  if (state === 'masked' || state === 'end') {
    context.fillStyle = state === 'masked' ? colours.sunk : colours.line
    context.fillRect(x, y, width, height)
  } else if (state !== 'guess') {
    context.globalAlpha = 0.2
    context.fillStyle = ramp
    context.fillRect(x, y, width, height)
    context.globalAlpha = 1
  }
  if (state === 'guess' || state === 'revised' || fresh) {
    context.setLineDash(state === 'guess' ? [3, 2] : [])
    context.lineWidth = fresh ? 2 : 1
    context.strokeStyle = fresh || state === 'revised' ? accent : colours.strong
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
    context.setLineDash([])
  }
  if (state !== 'masked') {
    context.fillStyle = ramp
    context.fillRect(x, y + height - 3, width * confidence, 3)
  }
  context.font = `${state === 'guess' ? 'italic ' : ''}12px ${MONO}`
  const word = fit(context, text.replace(/\n/g, '↵').replace(/\t/g, '⇥').trim(), width - 6)
  const centre = x + (width - context.measureText(word).width) / 2
  write(context, word, centre, y + 16, state === 'guess' ? colours.muted : colours.ink)
}
