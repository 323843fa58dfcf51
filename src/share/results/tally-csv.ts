import { csvRow } from './csv.ts'
import type { Spread, Tally } from './tally.ts'

const NUMBERS = [
  ['passes', ({ passes }: Tally) => passes],
  ['milliseconds', ({ ms }: Tally) => ms],
  ['first_token_ms', ({ firstMs }: Tally) => firstMs],
] as const

/** A row a lane: means and standard deviations, and the share of runs that gave the commonest answer. */
export function tallyCsv(tallies: readonly Tally[], prompt: string): string {
  const head = NUMBERS.flatMap(([name]) => [`${name}_mean`, `${name}_deviation`])
  const of = (spread: Spread | null) => [spread?.mean ?? null, spread?.deviation ?? null]
  const rows = tallies.map((tally) =>
    csvRow([tally.name, tally.runs, ...NUMBERS.flatMap(([, read]) => of(read(tally))), tally.equal, prompt]),
  )
  return [csvRow(['lane', 'runs', ...head, 'equal_answers', 'prompt']), ...rows].join('')
}
