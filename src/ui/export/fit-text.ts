/** A text cut to a width, with an ellipsis where something is left out. */
export function fitText(text: string, width: number, widthOf: (line: string) => number): string {
  if (widthOf(text) <= width) return text
  const letters = [...text]
  let [low, high] = [0, letters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (widthOf(`${letters.slice(0, middle).join('')}…`) <= width) low = middle
    else high = middle - 1
  }
  return `${letters.slice(0, low).join('')}…`
}
