import type { AutoregressiveSettings, DiffusionSettings } from '../../core/settings.ts'
import type { Commit, CommitReason } from '../../core/step-event.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace, TraceStep } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'
import { toTicks } from './lane-clock.ts'
import type { Rule, SharedComparison, SharedLane, TeacherFlags } from './shared-comparison.ts'

/** What the sender adds to a link. */
export interface LinkNote {
  readonly caption?: string
  readonly teacher?: Partial<TeacherFlags>
}

/**
 * What a link will hold of a comparison: all that was committed, when, how surely and why, the recipe and the
 * words; no candidates, no guesses, no entropies. Confidences are rounded to 255ths, times to about 2 % of a step.
 *
 * @param playhead step of the diffusion lane that the sender looks at
 */
export function toShared(
  { prompt, diffusion, autoregressive, pieces, recordedAt, provenance, lacks }: Comparison,
  playhead: number,
  { caption = '', teacher = {} }: LinkNote = {},
): SharedComparison {
  const seconds = Math.floor(Date.parse(recordedAt) / 1000)
  return {
    prompt,
    recordedAt: Number.isFinite(seconds) ? Math.max(0, seconds) : 0,
    pieces: piecesOf([diffusion, autoregressive], pieces),
    diffusion: toLane<DiffusionSettings>(diffusion),
    autoregressive: toLane<AutoregressiveSettings>(autoregressive),
    playhead: Math.max(0, Math.min(diffusion.steps.length, Math.round(playhead))),
    caption,
    teacher: { hideControls: teacher.hideControls ?? false, lockStep: teacher.lockStep ?? false },
    ...(provenance && { provenance }),
    ...(lacks?.includes('reasons') && { lacksReasons: true }),
  }
}

function toLane<Settings>({ header, steps, status }: Trace): SharedLane<Settings> {
  const { unit, ticks } = toTicks(steps.map(({ at }) => at))
  const total = ticks.some((taken) => taken > 0) ? steps.at(-1)!.at : 0
  const inPasses = steps.reduce((sum, { passMs }) => sum + passMs, 0)
  const floor = steps
    .flatMap(({ commits }) => commits)
    .find(({ reason }) => reason.rule === 'tail' && reason.floor > 0)?.reason
  return {
    settings: header.settings as Settings,
    model: header.model,
    device: header.device,
    vocabulary: header.vocabulary,
    status,
    steps: steps.map((step, at) => ({
      block: step.block,
      ticks: ticks[at]!,
      of: most(step, (reason) => ('of' in reason ? reason.of : 0)),
      quota: most(step, (reason) => ('quota' in reason ? reason.quota : 0)),
    })),
    commits: steps.flatMap(({ step, commits }) =>
      commits.toSorted((a, b) => a.rank - b.rank).map((commit) => toCommit(step, commit)),
    ),
    clockUnit: unit,
    passShare: total > 0 ? toByte(inPasses / total) : 255,
    ...(floor?.rule === 'tail' && { tailFloor: floor.floor }),
    ...(header.record && { record: header.record }),
  }
}

function most({ commits }: TraceStep, of: (reason: CommitReason) => number): number {
  return Math.max(0, ...commits.map(({ reason }) => of(reason)))
}

function toByte(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 255)
}

function toCommit(step: number, { position, id, probability, reason }: Commit) {
  const rule: Rule = reason.rule === 'tail' && reason.floor === 0 ? 'tail-free' : reason.rule
  return { step, position, id, confidence: Number.isNaN(probability) ? null : toByte(probability), rule }
}

/** The text of every committed token; masks and ends of sequence have none. */
function piecesOf(traces: readonly Trace[], pieces: Pieces): SharedComparison['pieces'] {
  const textless = new Set(traces.flatMap(({ header }) => [header.vocabulary.mask, header.vocabulary.end]))
  const ids = new Set(
    traces.flatMap(({ steps }) => steps.flatMap(({ commits }) => commits.map(({ id }) => id))),
  )
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => [id, textless.has(id) ? new Uint8Array() : pieces(id)] as const)
}
