import { canvasAt } from '../../trace/canvas.ts'
import type { CellState } from '../../trace/frame.ts'
import { isText } from '../../trace/knowledge.ts'
import type { Trace } from '../../trace/trace.ts'

/** A look that a place can have: its state, or what else is told of it. */
export type Look = CellState | 'held' | 'again' | 'rejected'

/** The looks that cells of a run can have, at one step or another. */
export function looksOf(trace: Trace): ReadonlySet<Look> {
  const { header, steps } = trace
  const { knowledge, canvas, vocabulary } = header
  const text = isText(knowledge)
  const looks = new Set<Look>(['committed'])
  const canvasOfMasks = header.decoder === 'diffusion' && !text && vocabulary.mask !== null
  if (canvasOfMasks) looks.add('masked')
  if (canvasOfMasks && knowledge.guesses) looks.add('guess')
  if (!text) looks.add('end')
  if (knowledge.steps === 'drafts') looks.add('revised')
  for (const [position, id] of canvas?.ids.entries() ?? []) {
    if (canvas!.given.includes(position)) looks.add('given')
    else if (id !== vocabulary.mask) looks.add('draft')
  }
  for (const { commits } of steps) {
    for (const { id, reason } of commits) {
      if (reason.rule === 'noise') looks.add('draft').add('rejected')
      else if (id === vocabulary.mask) looks.add('masked').add('again')
      if (reason.rule === 'pinned' || reason.rule === 'replaced') looks.add('held')
    }
  }
  if (canvasAt(trace, steps.length).positions.some(({ history }) => acceptsTwo(history, vocabulary.mask))) {
    looks.add('revised')
  }
  return looks
}

type History = ReturnType<typeof canvasAt>['positions'][number]['history']

/** Whether two different tokens were accepted after one another. */
function acceptsTwo(history: History, mask: number | null): boolean {
  const accepted = history.filter(({ commit: { id, reason } }) => id !== mask && reason.rule !== 'noise')
  return new Set(accepted.map(({ commit: { id } }) => id)).size > 1
}
