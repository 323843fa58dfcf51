import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'

/**
 * What can be drawn in a moment, of one lane. What comes from elsewhere is held against it before anything is drawn:
 * a few bytes can name a piece at thousands of positions in thousands of steps.
 */
export const DRAWABLE = {
  positions: 4096,
  steps: 8192,
  commits: 65_536,
  /** Positions times steps: what a run that is played to its end draws. */
  cells: 2 ** 23,
  /** Bytes of one piece, and of all pieces that stand on the canvas after any step. */
  pieceBytes: 4096,
  textBytes: 32_768,
} as const

/** Why a lane is too large to be drawn, as the middle of a sentence; null where it is not. */
export function undrawable({ header, steps }: Trace, pieces: Pieces): string | null {
  const positions = header.settings.answerLength
  const commits = steps.reduce((count, step) => count + step.commits.length, 0)
  const limits = [
    ['positions', positions, DRAWABLE.positions],
    ['steps', steps.length, DRAWABLE.steps],
    ['commits', commits, DRAWABLE.commits],
    ['positions times steps', positions * steps.length, DRAWABLE.cells],
  ] as const
  for (const [what, count, most] of limits) {
    if (count > most) return `it has ${count} ${what}, and at most ${most} can be drawn`
  }
  return tooLong(steps, pieces)
}

/** Whether a piece, or the text of any step with its guesses, is too long. */
function tooLong(steps: Trace['steps'], pieces: Pieces): string | null {
  const standing = new Map<number, number>()
  let text = 0
  for (const { step, commits, guesses } of steps) {
    for (const { position, id } of commits) {
      const bytes = pieces(id).length
      if (bytes > DRAWABLE.pieceBytes) return `a token of ${bytes} bytes is too long to be drawn`
      text += bytes - (standing.get(position) ?? 0)
      standing.set(position, bytes)
    }
    let guessed = 0
    for (const id of guesses) guessed += pieces(id).length
    if (text + guessed > DRAWABLE.textBytes) {
      return `its text at step ${step} has ${text + guessed} bytes, and at most ${DRAWABLE.textBytes} can be drawn`
    }
  }
  return null
}
