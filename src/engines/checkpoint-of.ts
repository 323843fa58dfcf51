import { advance, startDiffusion, type DiffusionState } from '../core/diffusion-state.ts'
import { edit, rescheduled } from '../core/edit.ts'
import { canvasAt, type Standing } from '../trace/canvas.ts'
import type { Trace } from '../trace/trace.ts'
import type { Checkpoint } from './run-request.ts'

/**
 * Where a run stands, read off its trace: from here it goes on as if it had never stopped, on the same model
 * wherever that is. Null where nothing can go on from it: a service's text, a model without a mask, a canvas whose
 * length changed.
 */
export function checkpointOf(trace: Trace): Checkpoint | null {
  const { header, steps } = trace
  const { mask } = header.vocabulary
  if (header.knowledge.steps !== 'pass' || mask === null) return null
  if (steps.some(({ splices }) => splices !== undefined)) return null
  const vocabulary = { ...header.vocabulary, mask }
  const at = steps.at(-1)?.at ?? 0
  const idsAt = (step: number) => canvasAt(trace, step).positions.map(({ id }) => id ?? mask)
  if (header.decoder === 'autoregressive') {
    const { settings } = header
    const canvas = header.canvas?.ids
    const standing = idsAt(steps.length)
    const ended = standing.lastIndexOf(vocabulary.end) + 1
    const gap = ended > 0 ? ended : standing.indexOf(mask)
    const ids = gap < 0 ? standing : standing.slice(0, gap)
    const finished = ids.at(-1) === vocabulary.end || ids.length === settings.answerLength
    const state = { settings, vocabulary, ids, finished, ...(canvas && { canvas }) }
    return { decoder: header.decoder, at, state }
  }
  let state: DiffusionState = {
    ...startDiffusion(header.settings, vocabulary, 'sure', idsAt(0)),
  }
  for (const { step, edit: isEdit, commits } of steps) {
    const { positions } = canvasAt(trace, step)
    const ids = Int32Array.from(positions, ({ id }) => id ?? mask)
    const sureness = Float64Array.from(positions, surenessOf)
    if (!isEdit) {
      state = advance(state, ids, sureness)
      continue
    }
    // What changes nothing on the canvas changed the settings, or pinned what stands.
    const left = { ...state, polish: null }
    state = { ...(commits.length === 0 ? rescheduled(left) : edit(left, ids)), sureness }
  }
  return { decoder: header.decoder, at, state }
}

/** At what probability the strategy committed what stands; NaN where it did not. */
function surenessOf({ kind, pinned, history }: Standing): number {
  return kind === 'accepted' && !pinned ? history.at(-1)!.commit.probability : NaN
}
