/** Milliseconds that a pointer rests on a word before its meaning opens. */
const REST_MS = 250

/**
 * Opens the meaning of every word with `data-term`, wherever it stands: by hover, focus and tap, and by Enter. What shows
 * it is fetched when it is wanted first.
 *
 * @returns ends it
 */
export function followTerms(): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined
  const wordOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-term]') : null
  const open = (word: HTMLElement, stays: boolean) =>
    void import('./term-card.ts').then(
      ({ openTerm }) => openTerm(word, stays),
      // Without its code a word is a word.
      () => undefined,
    )
  const onOver = ({ target, pointerType }: PointerEvent) => {
    clearTimeout(resting)
    const word = wordOf(target)
    if (word !== null && pointerType === 'mouse') resting = setTimeout(() => open(word, false), REST_MS)
  }
  const onFocus = ({ target }: FocusEvent) => {
    const word = wordOf(target)
    if (word?.matches(':focus-visible')) open(word, false)
  }
  const onClick = ({ target }: MouseEvent) => {
    clearTimeout(resting)
    const word = wordOf(target)
    if (word !== null) open(word, true)
  }
  const onKey = (event: KeyboardEvent) => {
    const word = event.key === 'Enter' || event.key === ' ' ? wordOf(event.target) : null
    if (word === null) return
    event.preventDefault()
    open(word, true)
  }
  document.addEventListener('pointerover', onOver)
  document.addEventListener('focusin', onFocus)
  document.addEventListener('click', onClick)
  document.addEventListener('keydown', onKey)
  return () => {
    clearTimeout(resting)
    document.removeEventListener('pointerover', onOver)
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('click', onClick)
    document.removeEventListener('keydown', onKey)
  }
}
