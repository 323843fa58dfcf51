import { colourOf } from '../timeline/confidence-colours.ts'
import type { Picture, PictureLane } from './picture.ts'
import type { PictureColours } from './picture-colours.ts'
import { drawText, textHeight } from './draw-text-lane.ts'
import { fitText } from './fit-text.ts'

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
const CELL_SIZES = [12, 10, 8.5]
const HEAD = 58
const FOOT = 40

/** How many lanes stand side by side: one to three, and four as two rows of two. */
function lanesInRow(count: number): number {
  return count === 4 ? 2 : Math.max(1, Math.min(3, count))
}

function rowsOf<Item>(items: readonly Item[]): Item[][] {
  const inRow = lanesInRow(items.length)
  return Array.from({ length: Math.ceil(items.length / inRow) }, (_, row) =>
    items.slice(row * inRow, (row + 1) * inRow),
  )
}

function laneWidth(count: number): number {
  const inRow = lanesInRow(count)
  return (PICTURE_WIDTH - 2 * MARGIN - GAP * (inRow - 1)) / inRow
}

/** Columns of cells: as many as keep a short word readable. */
function columnsOf(slots: number, width: number): number {
  const least = width > 700 ? 16 : width > 400 ? 8 : 6
  return slots > 256 ? 2 * least : least
}

function bodyHeight(context: Context, lane: PictureLane, width: number): number {
  if (lane.text !== null) return textHeight(context, lane.text, width - 2 * PAD)
  return Math.ceil(lane.slots / columnsOf(lane.slots, width)) * ROW
}

/** Height of the picture; the same at every step, so that the frames of a film fit each other. */
export function pictureHeight(context: Context, { lanes }: Picture): number {
  const heights = rowHeights(context, lanes)
  return HEAD + heights.reduce((sum, height) => sum + height + GAP, -GAP) + FOOT
}

/** Lanes of a row are as high as the highest of them. */
function rowHeights(context: Context, lanes: readonly PictureLane[]): number[] {
  const width = laneWidth(lanes.length)
  return rowsOf(lanes).map((row) => Math.max(...row.map((lane) => laneHeight(context, lane, width))))
}

function laneHeight(context: Context, lane: PictureLane, width: number): number {
  return 40 + bodyHeight(context, lane, width) + 38
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
  const heights = rowHeights(context, lanes)
  let top = HEAD
  rowsOf(lanes).forEach((row, at) => {
    row.forEach((lane, column) => {
      drawLane(context, lane, colours, {
        x: MARGIN + column * (width + GAP),
        y: top,
        width,
        height: heights[at]!,
      })
    })
    top += heights[at]! + GAP
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

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function drawLane(context: Context, lane: PictureLane, colours: PictureColours, box: Box): void {
  const { x, y, width, height } = box
  const accent = colours.accents[lane.accent - 1] ?? colours.ink
  context.fillStyle = colours.surface
  context.fillRect(x, y, width, height)
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
  context.fillStyle = accent
  context.fillRect(x, y, width, 2)
  context.font = `600 14px ${SANS}`
  write(context, fit(context, lane.title, width - 2 * PAD), x + PAD, y + 26, accent)

  if (lane.text === null) drawCells(context, lane, colours, accent, box)
  else {
    const inner = { x: x + PAD, y: y + 40, width: width - 2 * PAD }
    drawText(context, lane, lane.text, colours, accent, inner)
  }
  context.font = `13px ${SANS}`
  write(context, fit(context, lane.clocks, width - 2 * PAD), x + PAD, y + height - 14, colours.muted)
}

function drawCells(
  context: Context,
  lane: PictureLane,
  colours: PictureColours,
  accent: string,
  { x, y, width }: Box,
): void {
  const columns = columnsOf(lane.slots, width)
  const pitch = (width - 2 * PAD + CELL_GAP) / columns
  for (let slot = 0; slot < lane.slots; slot++) {
    const left = x + PAD + (slot % columns) * pitch
    const top = y + 40 + Math.floor(slot / columns) * ROW
    drawCell(context, lane.cells[slot], colours, accent, left, top, pitch - CELL_GAP)
  }
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
  const { state, text, confidence, fresh, held } = cell
  const ramp = colourOf(colours, confidence)
  if (state === 'masked' || state === 'end') {
    context.fillStyle = state === 'masked' ? colours.sunk : colours.line
    context.fillRect(x, y, width, height)
  } else if (state === 'given') {
    context.fillStyle = colours.sunk
    context.fillRect(x, y, width, height)
  } else if (state === 'committed' || state === 'revised') {
    context.globalAlpha = 0.2
    context.fillStyle = ramp
    context.fillRect(x, y, width, height)
    context.globalAlpha = 1
  }
  const undecided = state === 'guess' || state === 'draft'
  if (undecided || state === 'revised' || held || fresh) {
    context.setLineDash(undecided ? [3, 2] : [])
    context.lineWidth = fresh || held ? 2 : 1
    context.strokeStyle = held ? colours.ink : fresh || state === 'revised' ? accent : colours.strong
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
    context.setLineDash([])
  }
  if (state !== 'masked') {
    context.fillStyle = ramp
    context.fillRect(x, y + height - 3, width * confidence, 3)
  }
  const said = text.replace(/\n/g, '↵').replace(/\t/g, '⇥').trim()
  const style = undecided ? 'italic ' : ''
  // Longer tokens are set smaller before they are cut.
  for (const size of CELL_SIZES) {
    context.font = `${style}${size}px ${MONO}`
    if (context.measureText(said).width <= width - 6) break
  }
  const word = fit(context, said, width - 6)
  const centre = x + (width - context.measureText(word).width) / 2
  write(context, word, centre, y + 16, undecided ? colours.muted : colours.ink)
}
