import { blockOf } from '../schedule.ts'
import type { Strategy } from './strategy.ts'
import { threshold } from './threshold.ts'

/** Passes after the last mask of a block in which tokens may still be changed (LLaDA2.1). */
const MOST_EDIT_PASSES = 16

/**
 * Commits every position above the threshold, and changes a committed token when another is more probable than the edit
 * threshold; after the last mask it goes on until nothing changes, 16 passes at most (LLaDA2.1, arXiv 2602.08676).
 */
export const editing: Strategy<'threshold' | 'edit'> = {
  ...threshold,
  label: 'Editing',
  hint: 'all that are sure enough, and what stands is changed where another is surer',
  own: {
    ...threshold.own,
    edit: {
      label: 'Edit threshold',
      hint: (edit) =>
        edit >= 1 ? 'off: commits are final' : 'change a token when another is more probable than this',
      range: () => ({ min: 0.5, max: 1, step: 0.01 }),
      start: () => 0.9,
      isValid: (edit) => Number.isFinite(edit) && edit >= 0,
      complaint: 'The edit threshold must be a number; useful values lie from 0.5 to 1, and 1 is off.',
    },
  },
  revision: {
    kind: 'edits',
    threshold: ({ edit }) => edit,
    mostPasses: MOST_EDIT_PASSES,
  },
  passes: ({ edit }, { answerLength, blockLength }) => {
    let passes = answerLength
    if (edit >= 1) return passes
    for (let start = 0; start < answerLength; start = blockOf(start, blockLength, answerLength)[1]) {
      passes += MOST_EDIT_PASSES
    }
    return passes
  },
  measured: [],
}
