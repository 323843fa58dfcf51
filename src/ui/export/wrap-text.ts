/** A text in lines that are not wider than `width`, by words and within them where they are longer. */
export function wrapText(text: string, width: number, widthOf: (line: string) => number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/(?<= )/)) {
      if (line !== '' && widthOf(line + word) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += word
      while (widthOf(line) > width && line.length > 1) {
        let cut = [...line].length - 1
        while (cut > 1 && widthOf([...line].slice(0, cut).join('')) > width) cut--
        lines.push([...line].slice(0, cut).join(''))
        line = [...line].slice(cut).join('')
      }
    }
    lines.push(line.trimEnd())
  }
  return lines
}

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
