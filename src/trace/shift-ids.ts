import type { TraceEvent } from './trace.ts'

/** The same event with every token id raised by `by`: two vocabularies can stand in one table that way. */
export function shiftIds(event: TraceEvent, by: number): TraceEvent {
  if (by === 0 || event.kind === 'end') return event
  const up = (id: number) => id + by
  if (event.kind === 'start') {
    const { header } = event
    const { size, mask, end, suppressed } = header.vocabulary
    const vocabulary = { size: up(size), mask: up(mask), end: up(end), suppressed: suppressed.map(up) }
    return { kind: 'start', header: { ...header, promptIds: header.promptIds.map(up), vocabulary } }
  }
  const { step } = event
  const commits = step.commits.map((commit) => ({
    ...commit,
    id: up(commit.id),
    previous: up(commit.previous),
  }))
  return { kind: 'step', step: { ...step, ids: step.ids.map(up), guesses: step.guesses.map(up), commits } }
}
