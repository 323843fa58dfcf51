import type { Trace } from './trace.ts'

/** Positions that a run fills in the end: its canvas, or where a service sent text, as many as it ever held. */
export function positionsOf({ header, steps }: Trace): number {
  if (header.record === undefined) return header.settings.answerLength
  let last = -1
  for (const { commits } of steps) for (const { position } of commits) last = Math.max(last, position)
  return last + 1
}
