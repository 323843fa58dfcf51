/** Keys by which browsers open their search within a page. */
function opensSearch({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'F3' || ((ctrlKey || metaKey) && key.toLowerCase() === 'f')
}

/**
 * Marks the page while somebody searches in it, until they press on it: a browser's search takes the boxes of places
 * for borders of the text, so the style sheet makes them one line of letters then.
 */
export function followSearch(root: HTMLElement): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (opensSearch(event)) root.dataset['searched'] = 'true'
  }
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('pointerdown', () => delete root.dataset['searched'])
}
