import type { LaneResult } from './results.ts'

/** A number over several runs. */
export interface Spread {
  readonly mean: number
  /** Standard deviation of a sample; 0 of one run. */
  readonly deviation: number
}

/** What a lane took and gave over several runs of one recipe, each with a seed of its own. */
export interface Tally {
  readonly id: string
  readonly name: string
  readonly runs: number
  /** Null where no run tells, as all that follows. */
  readonly passes: Spread | null
  readonly ms: Spread | null
  readonly firstMs: Spread | null
  /** Share of the runs that gave the commonest answer. */
  readonly equal: number
}

/** @param runs the results of each run; a lane counts where it has ended */
export function tallyOf(runs: readonly (readonly LaneResult[])[]): Tally[] {
  const byLane = new Map<string, LaneResult[]>()
  for (const result of runs.flat()) byLane.set(result.id, [...(byLane.get(result.id) ?? []), result])
  return [...byLane].map(([id, results]) => ({
    id,
    name: results[0]!.name,
    runs: results.length,
    passes: spreadOf(results.map(({ passes }) => passes)),
    ms: spreadOf(results.map(({ ms }) => ms)),
    firstMs: spreadOf(results.map(({ firstMs }) => firstMs)),
    equal: equalShare(results.map(({ text }) => text)),
  }))
}

function spreadOf(all: readonly (number | null)[]): Spread | null {
  const values = all.filter((value) => value !== null)
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)) }
}

function equalShare(texts: readonly string[]): number {
  const most = Math.max(...texts.map((text) => texts.filter((other) => other === text).length))
  return most / texts.length
}
