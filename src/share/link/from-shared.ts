import type { Commit } from '../../core/step-event.ts'
import { canvasAt } from '../../trace/canvas.ts'
import type { Splice, Trace, TraceHeader, TraceStep } from '../../trace/trace.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { piecesOf } from '../piece-tables.ts'
import { fromTicks } from './lane-clock.ts'
import { rowsOf, rowsOfCommits } from './rows.ts'
import type {
  SharedComparison,
  SharedLane,
  SharedPlayhead,
  SharedRun,
  SharedStep,
  TeacherFlags,
} from './shared-comparison.ts'
import { withCounts } from './shared-reason.ts'

/** A comparison that came in a link. */
export interface OpenedLink {
  readonly comparison: Comparison
  /** Where the sender's playhead stood. */
  readonly playhead: SharedPlayhead
  readonly caption: string
  readonly teacher: TeacherFlags
}

/**
 * Real traces of what a link holds. The rows of a step are the positions that it committed with a probability
 * that is known, or of a model without a mask all that it read; each with its token as the one candidate (k = 1) and NaN
 * for the entropy, which is not known. The time in forward passes is the lane's share of each step's duration.
 */
export function fromShared(shared: SharedComparison): OpenedLink {
  const { prompt, recordedAt, leader, playhead, caption, teacher } = shared
  const lanes: Lane[] = []
  for (const lane of shared.lanes) {
    const { run, ...rest } = lane
    lanes.push({
      ...rest,
      trace: run && toTrace(run, lane, prompt, lanes),
      pieces: piecesOf(new Map(run ? shared.tables[run.table] : [])),
    })
  }
  return {
    comparison: {
      prompt,
      recordedAt: recordedAt === null ? null : new Date(recordedAt * 1000).toISOString(),
      leader,
      lanes,
    },
    playhead,
    caption,
    teacher,
  }
}

function toTrace(
  run: SharedRun,
  { decoder, parent }: SharedLane,
  prompt: string,
  before: readonly Lane[],
): Trace {
  const { settings, model, device, vocabulary, canvas, knowledge, status, summary } = run
  const header = {
    prompt: run.prompt ?? prompt,
    promptIds: [],
    ...{ vocabulary, model, device, decoder, settings },
    knowledge: { ...knowledge, candidates: false },
    ...(canvas && { canvas }),
  } as TraceHeader
  const inherited = before.find(({ id }) => id === parent?.lane)?.trace?.steps.slice(0, run.inherited) ?? []
  const begun = inherited.at(-1)?.at ?? 0
  const ends = fromTicks({ unit: run.clockUnit, ticks: run.steps.map(({ ticks }) => ticks) })
  // One array that grows, so that the canvas before each step is folded on from the one before.
  const steps: TraceStep[] = [...inherited]
  for (const [index, step] of run.steps.entries()) {
    const passMs = ((ends[index]! - (ends[index - 1] ?? 0)) * run.passShare) / 255
    const timed = { step: steps.length + 1, at: begun + ends[index]!, passMs, block: step.block }
    const commits = commitsOf(step, { header, steps, status })
    const rows = knowledge.guesses ? rowsOf(step.said.map(toReading)) : rowsBefore(commits, step.splices)
    steps.push({
      ...timed,
      ...(step.draft && { draft: step.draft }),
      ...(step.edit && { edit: true }),
      ...(step.splices.length > 0 && { splices: step.splices }),
      ...rows,
      commits,
    })
  }
  return { header, steps, status, ...(summary !== undefined && { summary }) }
}

/** A step's commits, with what stood there before: what the canvas held, or the mask where positions were put in. */
function commitsOf(step: SharedStep, trace: Trace): Commit[] {
  if (step.commits.length === 0) return []
  const { mask, end } = trace.header.vocabulary
  const unset = mask ?? end
  const { positions } = canvasAt(trace, trace.steps.length)
  const stood = spliced(positions, step.splices, null)
  return step.commits.map((commit, place) => ({
    position: commit.position,
    id: commit.id,
    previous: stood[commit.position]?.id ?? unset,
    probability: toProbability(commit.confidence),
    rank: place + 1,
    reason: withCounts(commit.reason, step),
  }))
}

/** Rows of what was committed; their positions are those before positions were taken out and put in. */
function rowsBefore(commits: readonly Commit[], splices: readonly Splice[]) {
  if (splices.length === 0) return rowsOfCommits(commits)
  const length = splices.reduce(
    (sum, { removed }) => sum + removed,
    1 + Math.max(-1, ...commits.map(({ position }) => position)),
  )
  const before = spliced(
    Array.from({ length }, (_, position) => position),
    splices,
    -1,
  )
  return rowsOfCommits(
    commits
      .map((commit) => ({ ...commit, position: before[commit.position] ?? -1 }))
      .filter(({ position }) => position >= 0),
  )
}

function spliced<T>(all: readonly T[], splices: readonly Splice[], filler: T): readonly T[] {
  if (splices.length === 0) return all
  const list = [...all]
  for (const { at, removed, inserted } of splices)
    list.splice(at, removed, ...new Array<T>(inserted).fill(filler))
  return list
}

function toReading({ position, id, confidence }: SharedStep['said'][number]) {
  return { position, id, probability: toProbability(confidence) }
}

function toProbability(confidence: number | null): number {
  return confidence === null ? NaN : confidence / 255
}
