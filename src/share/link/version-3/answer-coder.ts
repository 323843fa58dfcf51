import type { TraceVocabulary } from '../../../trace/trace.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import type { SharedCommit } from '../shared-comparison.ts'
import type { Place } from './place-coder.ts'
import type { TokenCoder } from './token-coder.ts'

/** The tokens of the answer from left to right, at each position the last one first; returned by step. */
export function codeTokens(
  coder: BitCoder,
  tokens: TokenCoder,
  vocabulary: TraceVocabulary,
  places: readonly (readonly Place[])[],
  given?: readonly (readonly SharedCommit[])[],
): SharedCommit[][] {
  const commits = places.map((ofStep) => ofStep.map((place): SharedCommit => ({ ...place, id: 0 })))
  const order = places.flatMap((ofStep, step) =>
    ofStep.map(({ position }, rank) => ({ position, step, rank })),
  )
  // Sorting is stable: steps come rising, so that reversed ones come falling.
  for (const { step, rank } of order.reverse().sort((a, b) => a.position - b.position)) {
    const { reason } = places[step]![rank]!
    const id = tokens.code(coder, vocabulary, reason.rule, given?.[step]![rank]!.id)
    commits[step]![rank] = { ...commits[step]![rank]!, id }
  }
  return commits
}
