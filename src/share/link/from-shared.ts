import type { Commit, CommitReason } from '../../core/step-event.ts'
import type { Trace, TraceHeader, TraceStep } from '../../trace/trace.ts'
import { LACKS, type Comparison, type Lack } from '../comparison.ts'
import { fromTicks } from './lane-clock.ts'
import type {
  SharedCommit,
  SharedComparison,
  SharedLane,
  SharedStep,
  TeacherFlags,
} from './shared-comparison.ts'
import { groupByStep } from './step-counts.ts'

const ALWAYS_LACKING: readonly Lack[] = ['guesses', 'candidates']

/** A comparison that came in a link. */
export interface OpenedLink {
  readonly comparison: Comparison
  /** Step of the diffusion lane that the sender looked at. */
  readonly playhead: number
  readonly caption: string
  readonly teacher: TeacherFlags
}

/**
 * Real traces of what a link holds. The rows of a step are the positions that it committed with a probability
 * that is known, each with its token as the one candidate (k = 1) and NaN for the entropy, which is not known.
 * The time in forward passes is the lane's share of each step's duration.
 */
export function fromShared(shared: SharedComparison): OpenedLink {
  const { prompt, diffusion, autoregressive, playhead, caption, teacher, provenance, lacksReasons } = shared
  const bytes = new Map(shared.pieces)
  const none = new Uint8Array()
  return {
    comparison: {
      prompt,
      recordedAt: new Date(shared.recordedAt * 1000).toISOString(),
      diffusion: toTrace(diffusion, { ...headerOf(prompt, diffusion), decoder: 'diffusion' }),
      autoregressive: toTrace(autoregressive, {
        ...headerOf(prompt, autoregressive),
        decoder: 'autoregressive',
      }),
      pieces: (id) => bytes.get(id) ?? none,
      lacks: lacksReasons ? LACKS : ALWAYS_LACKING,
      ...(provenance && { provenance }),
    },
    playhead,
    caption,
    teacher,
  }
}

function headerOf<Settings>(
  prompt: string,
  { settings, model, device, vocabulary, record }: SharedLane<Settings>,
) {
  return { prompt, promptIds: [], vocabulary, model, device, settings, ...(record && { record }) }
}

function toTrace(lane: SharedLane<unknown>, header: TraceHeader): Trace {
  const ends = fromTicks({ unit: lane.clockUnit, ticks: lane.steps.map(({ ticks }) => ticks) })
  const shown = new Map<number, number>()
  const byStep = groupByStep(lane.commits, lane.steps.length)
  const steps = lane.steps.map((step, index): TraceStep => {
    const commits = byStep[index]!.map((commit, place): Commit => ({
      position: commit.position,
      id: commit.id,
      previous: shown.get(commit.position) ?? header.vocabulary.mask,
      probability: commit.confidence === null ? NaN : commit.confidence / 255,
      rank: place + 1,
      reason: reasonOf(commit, step, header, lane.tailFloor),
    }))
    for (const { position, id } of commits) shown.set(position, id)
    const at = ends[index]!
    const passMs = ((at - (ends[index - 1] ?? 0)) * lane.passShare) / 255
    return { step: index + 1, at, passMs, block: step.block, ...rowsOf(commits), commits }
  })
  return { header, steps, status: lane.status }
}

function rowsOf(commits: readonly Commit[]) {
  const rows = commits
    .filter(({ probability }) => !Number.isNaN(probability))
    .toSorted((a, b) => a.position - b.position)
  const ids = Int32Array.from(rows, ({ id }) => id)
  return {
    positions: Int32Array.from(rows, ({ position }) => position),
    k: 1,
    ids,
    // Half a 255th stands for a probability that was rounded to 0, whose logarithm must stay finite.
    logProbs: Float32Array.from(rows, ({ probability }) => Math.log(Math.max(probability, 0.5 / 255))),
    entropy: new Float32Array(rows.length).fill(NaN),
    guesses: ids,
    confidence: Float32Array.from(rows, ({ probability }) => probability),
  }
}

function reasonOf(
  { rule }: SharedCommit,
  { of, quota }: SharedStep,
  { settings }: TraceHeader,
  tailFloor = 0,
): CommitReason {
  switch (rule) {
    case 'quota':
    case 'random':
      return { rule, quota, of }
    case 'threshold':
      return { rule, threshold: 'threshold' in settings ? settings.threshold : 0, of }
    case 'factor':
      return { rule, factor: 'factor' in settings ? settings.factor : 0, of }
    case 'at-least-one':
      return { rule, of }
    case 'tail':
      return { rule, floor: tailFloor }
    case 'tail-free':
      return { rule: 'tail', floor: 0 }
    case 'next':
      return { rule }
  }
}
