import type { LaidText, WidthOf } from '../../../trace/text/laid-text.ts'
import { coreOf } from '../../../trace/text/text-places.ts'
import type { CellLook } from '../cell-look.ts'
import { isSameLook } from '../cell-look.ts'
import { unstacked } from '../short-text.ts'
import { clearLook, setClass, writeLook } from '../write-look.ts'
import { fitIn } from './fit-in.ts'

/** The places of a text, which are nobody else's: drawing touches what changed and nothing more. */
export interface TextMarks {
  /**
   * Lays the lines out: where every place stands, whatever is drawn in it.
   *
   * @param room of every place, in units of the text's size
   */
  layOut(text: LaidText, room: readonly number[]): void
  /** Draws a frame, tinted by these classes; places beyond it keep their room. */
  draw(looks: readonly CellLook[], tints: readonly string[], caret: boolean): void
  /** Marks the places that are asked about, both ends included; null for none. */
  press(from: number | null, to: number | null): void
  /** Puts one place in the tab order: this one, or the last where there are fewer. */
  enter(position: number): void
}

/** A position: the blanks before its mark, which are room and no part of it, and the mark. */
interface Mark {
  readonly lead: HTMLSpanElement
  readonly place: HTMLSpanElement
  drawn: CellLook | undefined
  /** What it was laid out by. */
  laid: string
  /** Its width in units of the text's size. */
  room: number
  code: boolean
}

/** Makes the places of a text inside an empty element. Text is only ever set as text. */
export function createText(root: HTMLElement, widthOf: WidthOf): TextMarks {
  const marks: Mark[] = []
  let shown = 0
  let pressed: [number, number] | null = null
  let entry = 0
  let inTabOrder: HTMLElement | null = null
  let caretAt: HTMLElement | null = null

  const setEntry = () => {
    const next = marks[Math.min(entry, shown - 1)]?.place ?? null
    if (next === inTabOrder) return
    inTabOrder?.setAttribute('tabindex', '-1')
    next?.setAttribute('tabindex', '0')
    inTabOrder = next
  }
  const setCaret = (next: HTMLElement | null) => {
    if (next === caretAt) return
    caretAt?.removeAttribute('data-caret')
    next?.setAttribute('data-caret', 'true')
    caretAt = next
  }
  return {
    layOut({ places, rightToLeft }, room) {
      root.dir = rightToLeft ? 'rtl' : 'ltr'
      places.forEach((place, position) => {
        const mark = (marks[position] ??= createMark(root))
        const { lead, breakable, joined, code, kind } = place
        const width = room[position]!.toFixed(3)
        const laid = [lead, breakable, joined, code, width, kind].join('\0')
        if (laid === mark.laid) return
        Object.assign(mark, { laid, code, room: room[position]! })
        fit(mark, widthOf)
        writeLead(mark.lead, lead, breakable)
        setFlag(mark.lead, 'data-code', code)
        setFlag(mark.place, 'data-code', code)
        setFlag(mark.place, 'data-joined', joined)
        mark.place.style.setProperty('--room', `${width}em`)
      })
      for (const { lead, place } of marks.splice(places.length)) {
        lead.remove()
        place.remove()
      }
      shown = Math.min(shown, marks.length)
    },
    draw(looks, tints, caret) {
      const count = Math.min(looks.length, marks.length)
      for (let position = 0; position < count; position++) {
        const mark = marks[position]!
        if (writePlace(mark, position, looks[position]!, tints[position]!)) fit(mark, widthOf)
      }
      for (let position = count; position < shown; position++) clear(marks[position]!)
      shown = count
      setEntry()
      setCaret(caret ? (marks[count - 1]?.place ?? null) : null)
    },
    press(from, to) {
      if (pressed !== null)
        for (let at = pressed[0]; at <= pressed[1]; at++) marks[at]?.place.removeAttribute('data-picked')
      pressed = from === null ? null : [Math.min(from, to ?? from), Math.max(from, to ?? from)]
      if (pressed !== null)
        for (let at = pressed[0]; at <= pressed[1]; at++) marks[at]?.place.setAttribute('data-picked', 'true')
    },
    enter(position) {
      entry = position
      setEntry()
    },
  }
}

function createMark(root: HTMLElement): Mark {
  const lead = document.createElement('span')
  lead.className = 'lead'
  const place = document.createElement('span')
  place.className = 'place'
  place.tabIndex = -1
  root.append(lead, place)
  return { lead, place, drawn: undefined, laid: '', room: 0, code: false }
}

/** Blanks stay blanks; what makes them visible is style. */
function writeLead(element: HTMLElement, lead: string, breakable: boolean): void {
  element.replaceChildren(lead)
  if (breakable) element.append(document.createElement('wbr'))
  if (lead === '') delete element.dataset['blanks']
  else element.dataset['blanks'] = lead.replace(/\n/g, '↵').replace(/\t/g, '⇥').replace(/[ \r]/g, '·')
}

function setFlag(element: HTMLElement, name: string, isSo: boolean): void {
  if (isSo) element.setAttribute(name, 'true')
  else element.removeAttribute(name)
}

/** Writes what a place holds; true where that is something else. */
function writePlace(mark: Mark, position: number, look: CellLook, tint: string): boolean {
  const { place, drawn } = mark
  const isOther = drawn === undefined || drawn.text !== look.text || drawn.state !== look.state
  if (drawn === undefined) place.dataset['position'] = String(position)
  if (drawn === undefined || !isSameLook(drawn, look)) {
    writeLook(place, look, drawn)
    if (drawn === undefined || drawn.text !== look.text) place.textContent = unstacked(coreOf(look.text))
    if (look.before !== (drawn?.before ?? '')) {
      // Beside the text and no part of it: it is neither found nor copied.
      if (look.before === '') delete place.dataset['before']
      else place.dataset['before'] = unstacked(coreOf(look.before))
    }
    mark.drawn = look
  }
  setClass(place, tint === '' ? 'place' : `place ${tint}`)
  return isOther
}

/** A token that is not decided may be wider than its place, which keeps its width: it is set smaller, then cut. */
function fit({ place, drawn, room, code }: Mark, widthOf: WidthOf): void {
  const isOpen = drawn?.state === 'guess' || drawn?.state === 'draft'
  const size = isOpen && !drawn.isEnd ? fitIn(room, widthOf(coreOf(drawn.text), code)) : 'whole'
  if (size === 'whole') place.removeAttribute('data-tight')
  else place.dataset['tight'] = size
}

/** Takes a place out of the text; its room stays. */
function clear(mark: Mark): void {
  clearLook(mark.place)
  mark.place.removeAttribute('data-position')
  mark.place.removeAttribute('data-before')
  mark.place.removeAttribute('data-tight')
  mark.place.textContent = ''
  mark.drawn = undefined
  setClass(mark.place, 'place')
}
