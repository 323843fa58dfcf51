import { cellTexts } from '../../trace/decode-pieces.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'

/** The text of the token that was committed at a position before it was revised. */
export function revisedFrom(trace: Trace, step: number, position: number, pieces: Pieces): string {
  const { vocabulary } = trace.header
  const commit = trace.steps
    .slice(0, step)
    .flatMap(({ commits }) => commits)
    .findLast((candidate) => candidate.position === position)
  return commit === undefined ? '' : (cellTexts([commit.previous], pieces, vocabulary)[0] ?? '')
}
