/** What takes every key: text, lists, and whatever walks its own children by arrows. */
const ALL_KEYS =
  'textarea, select, input:not([type=range]), [contenteditable], [role=listbox], [role=radiogroup], [role=dialog], [data-own-keys]'
/** What space presses. */
const SPACE = 'button, a[href], summary, [role=button]'

/** Whether the focused element needs a key for itself. */
export function isTaken(target: Element, key: string): boolean {
  if (target.closest(ALL_KEYS) !== null) return true
  if (key === ' ') return target.closest(SPACE) !== null
  return target.closest('input[type=range]') !== null
}
