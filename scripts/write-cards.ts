import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { leaderOf } from '../src/share/comparison.ts'
import { decodeComparison } from '../src/share/comparison-file.ts'
import { writtenText, type WrittenText } from '../src/trace/written-text.ts'

const folder = new URL('../public/recordings/', import.meta.url)
const LISTS: ReadonlySet<string> = new Set(['index.json', 'written.json'])

/** What the gallery's cards show, read off every recording that ships. */
export function cardsOf(): Readonly<Record<string, WrittenText>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !LISTS.has(file))
  return Object.fromEntries(
    files.sort().map((file) => {
      const decoded = decodeComparison(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
      if (!decoded.ok) throw new Error(`${file}: ${decoded.message}`)
      const leader = leaderOf(decoded.comparison)
      if (!leader?.trace) throw new Error(`${file} holds no run.`)
      return [file, writtenText(leader.trace, leader.pieces)]
    }),
  )
}

/** Writes them beside the recordings. */
export function writeCards(): void {
  writeFileSync(new URL('written.json', folder), `${JSON.stringify(cardsOf())}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeCards()
