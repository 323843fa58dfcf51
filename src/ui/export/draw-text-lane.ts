import { roomOf, type LaidText, type WidthOf } from '../../trace/text/laid-text.ts'
import { coreOf } from '../../trace/text/text-places.ts'
import { colourOf } from '../timeline/confidence-colours.ts'
import { layLines, type Standing } from './lay-lines.ts'
import type { PictureLane } from './picture.ts'
import type { PictureColours } from './picture-colours.ts'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const READING = '"Source Serif 4", Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif'
const MONO = 'ui-monospace, Menlo, "Cascadia Code", Consolas, monospace'

/** Of the letters, in units of the picture. */
const SIZE = 19
const LINE = 34
/** Of a mark's ground: above the letters' line, and in all. */
const ABOVE = 19
const MARK = 26
const STRIP = 9

function fontOf(code: boolean, style = ''): string {
  return `${style}${SIZE}px ${code ? MONO : READING}`
}

interface Laid {
  readonly room: readonly number[]
  readonly standings: readonly Standing[]
}

function layOut(context: Context, text: LaidText, width: number): Laid {
  const widthOf: WidthOf = (part, code) => {
    context.font = fontOf(code)
    return context.measureText(part).width / SIZE
  }
  const room = roomOf(text, widthOf).map((ems) => ems * SIZE)
  const blank = widthOf(' ', text.places[0]?.code ?? false) * SIZE
  return { room, standings: layLines(text.places, room, blank, width) }
}

/** Height of a lane's text with its strip; the same at every step of a run that has ended. */
export function textHeight(context: Context, text: LaidText, width: number): number {
  const lines = 1 + Math.max(1, ...layOut(context, text, width).standings.map(({ line }) => line))
  return lines * LINE + STRIP + 12
}

interface Room {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Draws a lane as its text, in the tint that is chosen, with the strip of its places below. */
export function drawText(
  context: Context,
  lane: PictureLane,
  text: LaidText,
  colours: PictureColours,
  accent: string,
  { x, y, width }: Room,
): void {
  const { room, standings } = layOut(context, text, width)
  lane.cells.forEach((cell, at) => {
    const standing = standings[at]
    const place = text.places[at]
    if (standing === undefined || place === undefined) return
    const wide = room[at]!
    const left = text.rightToLeft ? x + width - standing.x - wide : x + standing.x
    const base = y + standing.line * LINE + ABOVE
    const before = text.places[at - 1]?.kind === 'end'
    drawMark(
      context,
      { ...cell, isTick: place.kind === 'end' && before },
      colours,
      accent,
      left,
      base,
      wide,
      place.code,
    )
    if (lane.hasCaret && at === lane.cells.length - 1) {
      context.fillStyle = accent
      context.fillRect(left + wide + 1, base - 16, 2, 20)
    }
  })
  const under = y + textHeight(context, text, width) - STRIP - 6
  context.fillStyle = colours.sunk
  context.fillRect(x, under, width, STRIP)
  const part = width / Math.max(1, lane.slots)
  lane.cells.forEach((cell, at) => {
    const fill = cell.fresh ? colours.glow : fillOf(cell, colours)
    if (fill === null || cell.state === 'guess') return
    context.fillStyle = fill
    context.fillRect(x + at * part, under, part + 0.5, STRIP)
  })
}

type Cell = PictureLane['cells'][number]

/** The colour of a place's tint; null for none. */
function fillOf({ tint, confidence }: Cell, colours: PictureColours): string | null {
  if (tint === '') return null
  return colours.tints[tint] ?? colourOf(colours, confidence)
}

function drawMark(
  context: Context,
  cell: Cell & { readonly isTick: boolean },
  colours: PictureColours,
  accent: string,
  left: number,
  base: number,
  wide: number,
  code: boolean,
): void {
  const { state, text, fresh, held, before, tint, isTick } = cell
  const top = base - ABOVE
  const isOpen = state === 'masked' || state === 'guess'
  if (fresh) {
    context.fillStyle = colours.glow
    context.fillRect(left - 2, top - 2, wide + 4, MARK + 4)
  }
  const ground = colours.tints[tint]
  if (ground !== undefined) {
    context.fillStyle = ground
    context.fillRect(left, top, wide, MARK)
  } else if (isOpen) {
    context.fillStyle = colours.mask
    context.fillRect(left, top + 4, wide, MARK - 8)
  } else if (tint !== '') {
    context.fillStyle = colours.line
    context.fillRect(left, base + 5, wide, 1)
    context.fillStyle = colourOf(colours, cell.confidence)
    context.fillRect(left, base + 4, wide * cell.confidence, 2.5)
  }
  if (state === 'revised' || held || state === 'draft') {
    context.strokeStyle = held ? colours.ink : accent
    context.lineWidth = held ? 2 : 1
    context.setLineDash(state === 'draft' ? [2, 2] : [])
    context.strokeRect(left, top, wide, MARK)
    context.setLineDash([])
  }
  if (state === 'end') {
    context.fillStyle = colours.muted
    if (isTick) context.fillRect(left + wide - 2, base - 10, 2, 9)
    else {
      context.font = `italic 13px system-ui, sans-serif`
      context.fillText('⌁ end', left + 8, base)
    }
    return
  }
  if (state === 'masked') return
  let start = left
  if (before !== '') {
    context.font = `${0.8 * SIZE}px ${READING}`
    context.fillStyle = colours.muted
    context.fillText(coreOf(before), start, base)
    const gone = context.measureText(coreOf(before)).width
    context.fillRect(start, base - 5, gone, 1)
    start += gone + 0.3 * SIZE
  }
  context.save()
  context.beginPath()
  context.rect(left - 2, top - 4, wide + 4, MARK + 8)
  context.clip()
  context.font = fontOf(code, state === 'guess' || state === 'draft' ? 'italic ' : '')
  context.fillStyle = state === 'guess' || state === 'draft' ? colours.muted : colours.ink
  context.fillText(coreOf(text), start, base)
  context.restore()
}
