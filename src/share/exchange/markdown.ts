/** A run of backticks longer than any in the text. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}

/** A text as a block of code: nothing in it is Markdown or markup. */
export function block(text: string): string {
  const fence = fenceFor(text, 3)
  return `${fence}text\n${text}\n${fence}`
}

/** A text as code in a line, or in a cell of a table. */
export function inline(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '¦').trim()
  if (line === '') return '–'
  const fence = fenceFor(line, 1)
  return `${fence} ${line} ${fence}`
}
