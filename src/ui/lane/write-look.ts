import { isSameLook, type CellLook } from './cell-look.ts'

/** What a look is for the style sheet and for other people's scripts: an attribute each, absent where it isn't so. */
const ATTRIBUTES: Readonly<Record<string, (look: CellLook) => string | null>> = {
  // What a person put there is a state of its own; what the model wrote stays what it was, and is held.
  'data-state': ({ state, held, wrote }) => (held && !wrote && state !== 'end' ? 'pinned' : state),
  'data-pinned': ({ held }) => flag(held),
  'data-order': ({ order }) => (order === undefined ? null : String(order)),
  'data-confidence': ({ confidence }) =>
    confidence === undefined ? null : String(Number(confidence.toFixed(4))),
  'data-fresh': ({ fresh }) => flag(fresh),
  'data-end': ({ isEnd }) => flag(isEnd),
  'data-held': ({ held, replaced }) => (held ? (replaced ? 'replaced' : 'pinned') : null),
  'data-again': ({ again }) => flag(again),
  'data-unseen': ({ unseen }) => flag(unseen),
  'data-rejected': ({ rejected }) => flag(rejected),
  'data-differs': ({ differs }) => flag(differs !== null),
}
const ENTRIES = Object.entries(ATTRIBUTES)

function flag(isSo: boolean): string | null {
  return isSo ? 'true' : null
}

/** Writes a look into a place's element, in cells or in a text: only what differs from what was drawn. */
export function writeLook(element: Element, look: CellLook, drawn: CellLook | undefined): void {
  if (drawn !== undefined && isSameLook(look, drawn)) return
  for (const [name, valueOf] of ENTRIES) {
    const value = valueOf(look)
    if (drawn !== undefined && value === valueOf(drawn)) continue
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}

/** Takes a look out of an element. */
export function clearLook(element: Element): void {
  for (const [name] of ENTRIES) element.removeAttribute(name)
}

/** Sets a class where it is another: a class that stays costs no style. */
export function setClass(element: Element, name: string): void {
  if (element.className !== name) element.className = name
}
