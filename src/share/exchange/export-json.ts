import type { Comparison } from '../comparison.ts'
import { encodeComparison } from '../comparison-file.ts'

/** A comparison as the text of a file: both traces whole, with every candidate and entropy. */
export function exportJson(comparison: Comparison): string {
  return `${JSON.stringify(encodeComparison(comparison, { candidates: Infinity }))}\n`
}
