import { canvasAt, type Standing } from '../../trace/canvas.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import type { Trace } from '../../trace/trace.ts'
import { colourOf, type ConfidenceColours } from './confidence-colours.ts'

/** What lies behind a commit is dimmed to this, so that the undecided stands out. */
const DECIDED = 0.22
/** Width of a commit's mark in device pixels. */
const MARK = 2

/** A token that stands at a position, from the step that put it there. */
interface Run {
  readonly standing: Standing
  readonly from: number
}

/** Draws the whole heat map, a column a step and a row a position, over all of the canvas. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  trace: Trace | null,
  colours: ConfidenceColours,
): void {
  const { width, height } = context.canvas
  context.clearRect(0, 0, width, height)
  if (trace === null || trace.steps.length === 0) return
  const rows = Math.max(1, positionsOf(trace))
  const x = (step: number) => Math.round((step * width) / trace.steps.length)
  const y = (position: number) => Math.round((position * height) / rows)
  const bar = (position: number, from: number, to: number) => {
    const gap = height / rows > 3 ? 1 : 0
    context.fillRect(from, y(position), to - from, Math.max(1, y(position + 1) - y(position) - gap))
  }
  /** What is decided, dimmed, up to the step that changed it. */
  const drawRun = (position: number, { standing, from }: Run, to: number) => {
    const probability = standing.history.at(-1)?.commit.probability ?? NaN
    const isEnd = standing.id === trace.header.vocabulary.end
    context.globalAlpha = isEnd ? 1 : DECIDED
    // How sure a service was of its text is not known: no colour of the ramp says so.
    context.fillStyle = isEnd || Number.isNaN(probability) ? colours.end : colourOf(colours, probability)
    bar(position, x(from), x(to))
    context.globalAlpha = 1
  }

  const runs: (Run | undefined)[] = runsOf(canvasAt(trace, 0).positions, 0)
  for (const { step, positions, confidence, commits } of trace.steps) {
    positions.forEach((position, row) => {
      if (runs[position] !== undefined) return
      context.fillStyle = colourOf(colours, confidence[row] ?? 0)
      bar(position, x(step - 1), x(step))
    })
    const after = canvasAt(trace, step).positions
    for (let position = 0; position < Math.max(after.length, runs.length); position++) {
      const run = runs[position]
      const standing = after[position]
      if (run?.standing === standing) continue
      if (run !== undefined) drawRun(position, run, step)
      runs[position] = standing && isDecided(standing) ? { standing, from: step } : undefined
    }
    for (const { position } of commits) {
      if (runs[position]?.from !== step) continue
      context.fillStyle = colours.mark
      bar(position, x(step) - Math.min(MARK * 2, x(step) - x(step - 1)), x(step))
    }
  }
  runs.forEach((run, position) => run && drawRun(position, run, trace.steps.length))
}

function runsOf(positions: readonly Standing[], from: number): (Run | undefined)[] {
  return positions.map((standing) => (isDecided(standing) ? { standing, from } : undefined))
}

function isDecided({ kind }: Standing): boolean {
  return kind === 'accepted' || kind === 'given'
}
