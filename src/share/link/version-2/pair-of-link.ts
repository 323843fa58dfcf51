import type { Commit, CommitReason } from '../../../core/step-event.ts'
import type { TraceStep } from '../../../trace/trace.ts'
import type { FlatDiffusionSettings } from '../../pair/flat-settings.ts'
import { LACKS, type Pair, type PairRun } from '../../pair/pair.ts'
import { fromTicks } from '../lane-clock.ts'
import { rowsOfCommits } from '../rows.ts'
import type { LinkedCommit, LinkedLane, LinkedPair, LinkedStep } from './linked-pair.ts'
import { groupByStep } from './step-counts.ts'

/** Real traces of what a link of version 2 holds. */
export function pairOfLink({
  prompt,
  recordedAt,
  diffusion,
  autoregressive,
  pieces,
  provenance,
  lacksReasons,
}: LinkedPair): Pair {
  const { threshold, factor } = diffusion.settings
  return {
    prompt,
    recordedAt: recordedAt === 0 ? null : new Date(recordedAt * 1000).toISOString(),
    diffusion: runOf(diffusion, { threshold, factor }),
    autoregressive: runOf(autoregressive, { threshold: 0, factor: 0 }),
    pieces: new Map(pieces),
    provenance,
    lacks: lacksReasons ? LACKS : ['guesses', 'candidates'],
  }
}

type Own = Pick<FlatDiffusionSettings, 'threshold' | 'factor'>

function runOf<Settings>(lane: LinkedLane<Settings>, own: Own): PairRun<Settings> {
  const { vocabulary, model, device, settings, record, status, tailFloor = 0 } = lane
  const ends = fromTicks({ unit: lane.clockUnit, ticks: lane.steps.map(({ ticks }) => ticks) })
  const shown = new Map<number, number>()
  const byStep = groupByStep(lane.commits, lane.steps.length)
  const steps = lane.steps.map((step, index): TraceStep => {
    const commits = byStep[index]!.map((commit, place): Commit => ({
      position: commit.position,
      id: commit.id,
      previous: shown.get(commit.position) ?? vocabulary.mask,
      probability: commit.confidence === null ? NaN : commit.confidence / 255,
      rank: place + 1,
      reason: reasonOf(commit, step, own, tailFloor),
    }))
    for (const { position, id } of commits) shown.set(position, id)
    const at = ends[index]!
    const passMs = ((at - (ends[index - 1] ?? 0)) * lane.passShare) / 255
    return { step: index + 1, at, passMs, block: step.block, ...rowsOfCommits(commits), commits }
  })
  const header = { promptIds: [], vocabulary, model, device, settings, ...(record && { record }) }
  return { header, status, steps }
}

function reasonOf(
  { rule }: LinkedCommit,
  { of, quota }: LinkedStep,
  { threshold, factor }: Own,
  floor: number,
): CommitReason {
  switch (rule) {
    case 'quota':
    case 'random':
      return { rule, quota, of }
    case 'threshold':
      return { rule, threshold, of }
    case 'factor':
      return { rule, factor, of }
    case 'at-least-one':
      return { rule, of }
    case 'tail':
      return { rule, floor }
    case 'tail-free':
      return { rule: 'tail', floor: 0 }
    case 'next':
      return { rule }
  }
}
