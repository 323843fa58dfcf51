import type { BitWriter } from './bit-writer.ts'
import { writeColumn } from './column.ts'
import { RULES, STATUSES, UNKNOWN, type SharedCommit, type SharedLane } from './shared-comparison.ts'
import { writeSteps } from './step-columns.ts'
import type { TokenWriter } from './token-sequence.ts'

/** The last commit of each position, and the revised ones before, in order. */
function splitCommits(commits: readonly SharedCommit[], length: number) {
  const last: (SharedCommit | undefined)[] = Array.from({ length })
  const earlier: SharedCommit[] = []
  for (const commit of commits) {
    const before = last[commit.position]
    if (before) earlier.push(before)
    last[commit.position] = commit
  }
  earlier.sort((a, b) => a.step - b.step || a.position - b.position)
  return { last, earlier }
}

/** Whether the first positions were committed one a step from left to right, and the others not at all. */
function isReadingOrder(steps: readonly number[], written: number): boolean {
  return steps.every((step, position) => step === (position < written ? position + 1 : 0))
}

/** Writes all of a lane but its words: one column for each thing that is known of its positions and steps. */
export function writeLane(
  out: BitWriter,
  tokens: TokenWriter,
  lane: SharedLane<{ readonly answerLength: number }>,
): void {
  const length = lane.settings.answerLength
  out.fixed(STATUSES.indexOf(lane.status), 2)
  out.count(lane.steps.length)
  out.expGolomb(lane.clockUnit, 1)
  out.fixed(lane.passShare, 8)

  const column = <T>(items: readonly T[], value: (item: T, at: number) => number) =>
    writeColumn(out, items.map(value))
  const { last, earlier } = splitCommits(lane.commits, length)
  const bodyLength = last.findLastIndex((commit) => commit?.id !== lane.vocabulary.end) + 1
  const tail = last.slice(bodyLength).filter((commit) => commit !== undefined)
  const inBody = last.slice(0, bodyLength)
  const written = inBody.filter((commit) => commit !== undefined)
  const steps = inBody.map((commit) => commit?.step ?? 0)

  out.count(tail.length)
  const inOrder = isReadingOrder(steps, written.length)
  out.fixed(inOrder ? 1 : 0, 1)
  if (inOrder) out.count(written.length)
  else writeColumn(out, steps)
  column(tail, ({ step }) => step)

  out.count(earlier.length)
  column(earlier, ({ step }, at) => step - (earlier[at - 1]?.step ?? 0))
  column(earlier, ({ position }) => position)
  for (const commits of [written, tail, earlier]) {
    column(commits, ({ confidence }) => (confidence === null ? UNKNOWN : 255 - confidence))
    column(commits, ({ rule }) => RULES.indexOf(rule))
    if (commits !== tail) tokens.write(commits.map(({ id }) => id))
  }
  writeSteps(out, lane, length)
}
