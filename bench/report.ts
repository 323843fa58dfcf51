import { mkdirSync, writeFileSync } from 'node:fs'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Prints a table (first row: heads) and writes it to `bench/results/NAME.md` with the command that makes it. */
export function writeResult(
  name: string,
  command: string,
  [heads, ...rows]: readonly (readonly string[])[],
): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(heads!), line(heads!.map(() => '---')), ...rows.map(line)].join('\n')
  const folder = new URL('results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${name}.md`, folder), `\`${command}\`\n\n${table}\n`)
  console.log(table)
}
