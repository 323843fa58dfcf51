import { LIMITS } from '../../limits.ts'
import type { RunFile, StepFile } from './schema.ts'

/** What is wrong with a run beyond its shape, as a path in the file and a sentence; null if nothing. */
export function checkRun({ header, steps }: RunFile): string | null {
  const { mask, end, size } = header.vocabulary
  if (mask >= size || end >= size) return 'header.vocabulary: the mask and the end must be below the size'

  let before = 0
  for (const [index, step] of steps.entries()) {
    const wrong =
      step.at < before ? 'at: time runs backwards' : checkStep(step, header.settings.answerLength, size)
    if (wrong !== null) return `steps.${index}.${wrong}`
    before = step.at
  }
  const commits = steps.reduce((sum, step) => sum + step.commits.length, 0)
  if (commits > LIMITS.commits) return `steps: a run has at most ${LIMITS.commits} commits`
  if (header.decoder === 'autoregressive' && header.record === undefined) {
    const stray = steps.findIndex(({ commits }, at) => commits.length !== 1 || commits[0]![0] !== at)
    if (stray >= 0) return `steps.${stray}.commits: an autoregressive step commits the next position`
  }
  return null
}

function checkStep(step: StepFile, answerLength: number, size: number): string | null {
  const [start, end] = step.block
  if (start >= end || end > answerLength) return 'block: it must be a stretch of the answer'
  const { positions, ids, guesses, commits } = step
  if (positions.some((position, row) => position >= answerLength || position <= (positions[row - 1] ?? -1))) {
    return 'positions: they must rise and lie in the answer'
  }
  if (ids.some((id) => id >= size)) return 'ids: they must be below the size of the vocabulary'
  if (guesses.some((id) => id >= size)) return 'guesses: they must be below the size of the vocabulary'
  const stray = commits.findIndex(
    ([position, id, previous]) => position >= answerLength || id >= size || previous >= size,
  )
  return stray < 0 ? null : `commits.${stray}: it lies outside the answer or the vocabulary`
}
