import { textParts } from './blanks.ts'
import { describeCell, isSameLook, type CellLook } from './cell-look.ts'
import { sureClass } from '../tint/tint.ts'
import { setClass, writeLook } from './write-look.ts'

/** Longer tokens are set smaller, so that every cell keeps its size. */
const ROOMY = 6
const TIGHT = 8

/** The cells of a grid, which are nobody else's: drawing touches what changed and nothing more. */
export interface Cells {
  /** Draws a frame, tinted by these classes; cells beyond it, up to `slots`, keep their room. */
  draw(looks: readonly CellLook[], tints: readonly string[], slots: number): void
  /** Marks the cells that are asked about, both ends included; null for none. */
  press(from: number | null, to: number | null): void
  /** Puts one cell in the tab order: this one, or the last where there are fewer. */
  enter(position: number): void
}

/**
 * Makes the cells of a grid inside an empty element. A cell a position, all of one size: nothing moves while tokens
 * change. Text is only ever set as text.
 */
export function createCells(grid: HTMLElement): Cells {
  const buttons: HTMLButtonElement[] = []
  let drawn: readonly CellLook[] = []
  let pressed: readonly [number, number] | null = null
  let entry = 0
  let inTabOrder: HTMLButtonElement | null = null

  const buttonAt = (position: number): HTMLButtonElement => (buttons[position] ??= createButton(position))
  const setEntry = () => {
    const next = buttons[Math.min(entry, drawn.length - 1)] ?? null
    if (next === inTabOrder) return
    if (inTabOrder !== null) inTabOrder.tabIndex = -1
    if (next !== null) next.tabIndex = 0
    inTabOrder = next
  }
  const setPressed = (isPressed: boolean) => {
    if (pressed === null) return
    for (let at = pressed[0]; at <= pressed[1]; at++) {
      buttonAt(at).setAttribute('aria-pressed', String(isPressed))
    }
  }
  const press = (from: number | null, to: number | null) => {
    setPressed(false)
    pressed = from === null ? null : [Math.min(from, to ?? from), Math.max(from, to ?? from)]
    setPressed(true)
  }
  return {
    draw(looks, tints, slots) {
      looks.forEach((look, position) => {
        const before = drawn[position]
        const button = buttonAt(position)
        if (before === undefined || !isSameLook(before, look)) writeCell(button, position, look, before)
        // A guess is not tinted: then its style stays while its probability changes.
        const tint = look.state === 'guess' ? '' : (tints[position] ?? '')
        setClass(button, tint === '' ? 'cell' : `cell ${tint}`)
        if (before === undefined) put(grid, position, button)
      })
      for (let position = looks.length; position < Math.max(drawn.length, slots); position++) {
        if (position < drawn.length || position >= grid.childElementCount) put(grid, position, createSlot())
      }
      while (grid.childElementCount > Math.max(looks.length, slots)) grid.lastElementChild!.remove()
      drawn = looks
      setEntry()
    },
    press,
    enter(position) {
      entry = position
      setEntry()
    },
  }
}

/** Puts an element at a place of the grid, instead of what stands there. */
function put(grid: HTMLElement, place: number, element: HTMLElement): void {
  const child = grid.children[place]
  if (child === undefined) grid.append(element)
  else child.replaceWith(element)
}

function createButton(position: number): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'cell'
  button.dataset['position'] = String(position)
  button.tabIndex = -1
  button.setAttribute('aria-pressed', 'false')
  const bar = document.createElement('i')
  bar.className = 'bar'
  button.append(bar)
  return button
}

function createSlot(): HTMLSpanElement {
  const slot = document.createElement('span')
  slot.className = 'slot'
  slot.setAttribute('aria-hidden', 'true')
  return slot
}

/** Writes what differs from what was drawn. */
function writeCell(
  button: HTMLButtonElement,
  position: number,
  look: CellLook,
  drawn: CellLook | undefined,
): void {
  const { text, before, confidence } = look
  const bar = button.lastElementChild!
  writeLook(button, look, drawn)
  button.setAttribute('aria-label', describeCell(position, look))
  setClass(bar, confidence === undefined ? 'bar' : `bar ${sureClass(confidence)}`)
  if (drawn?.text === text && drawn.before === before) return
  const size = text.length <= ROOMY ? null : text.length <= TIGHT ? 'small' : 'tiny'
  if (size === null) button.removeAttribute('data-size')
  else button.setAttribute('data-size', size)
  const parts = textNodes(text)
  if (before !== '') {
    const gone = document.createElement('del')
    gone.append(...textNodes(before))
    parts.unshift(gone)
  }
  button.replaceChildren(...parts, bar)
}

function textNodes(text: string): Node[] {
  return textParts(text).map(({ text: part, className }) => {
    if (className === null) return document.createTextNode(part)
    const blank = document.createElement('span')
    blank.className = className
    blank.textContent = part
    return blank
  })
}
