import type { Commit, CommitReason } from '../../core/step-event.ts'
import type { Knowledge } from '../../trace/knowledge.ts'
import type { Trace, TraceStep } from '../../trace/trace.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { inheritedSteps } from '../inherited.ts'
import { tablesOf, type LaneTokens, type PieceTables } from '../piece-tables.ts'
import { toTicks } from './lane-clock.ts'
import {
  LIMITS,
  type SharedCommit,
  type SharedComparison,
  type SharedLane,
  type SharedPlayhead,
  type SharedReading,
  type SharedRun,
  type SharedStep,
  type TeacherFlags,
} from './shared-comparison.ts'
import { countedBy, withoutCounts } from './shared-reason.ts'

/** What the sender adds to a link. */
export interface LinkNote {
  readonly caption?: string
  readonly teacher?: Partial<TeacherFlags>
}

/**
 * What a link will hold of a comparison: all that was committed, when, how surely and why, the recipe and the
 * words; no candidates, no entropies, and guesses only of a model without a mask. Confidences are rounded to 255ths,
 * times to about 2 % of a step.
 */
export function toShared(
  comparison: Comparison,
  playhead: SharedPlayhead,
  { caption = '', teacher = {} }: LinkNote = {},
): SharedComparison {
  const { prompt, lanes, leader, recordedAt } = comparison
  const seconds = recordedAt === null ? NaN : Math.floor(Date.parse(recordedAt) / 1000)
  const { tables, indexOf } = tablesOf(lanes.map(tokensOf))
  return {
    prompt,
    recordedAt: Number.isFinite(seconds) ? Math.max(0, seconds) : null,
    tables: tables.map((table) => [...table].sort(([a], [b]) => a - b)),
    lanes: lanes.map((lane, at) => toLane(lane, at, comparison, indexOf)),
    leader,
    playhead: { clock: playhead.clock, steps: lanes.map((lane, at) => toStep(lane, playhead.steps[at])) },
    caption,
    teacher: { hideControls: teacher.hideControls ?? false, lockStep: teacher.lockStep ?? false },
  }
}

function toStep({ trace }: Lane, step: number | null | undefined): number | null {
  if (trace === null || step === null || step === undefined) return null
  return Math.max(0, Math.min(trace.steps.length, Math.round(step)))
}

function toLane(
  lane: Lane,
  at: number,
  { lanes, prompt }: Comparison,
  indexOf: PieceTables['indexOf'],
): SharedLane {
  const { id, name, decoder, source, trace } = lane
  const from = lanes.findIndex((other) => other.id === lane.parent?.lane)
  const isNear = from >= 0 && from < at && indexOf[from] === indexOf[at] && lanes[from]!.decoder === decoder
  const inherited = trace && isNear ? inheritedFrom(trace, lanes[from]!.trace, lane.parent!.step) : 0
  return {
    ...{ id, name, decoder },
    source: source === 'derived' || source === 'illustrative' ? source : 'shared',
    ...(from >= 0 && { parent: { lane: lane.parent!.lane, step: lane.parent!.step } }),
    run: trace && toRun(trace, prompt, indexOf[at]!, inherited),
  }
}

function inheritedFrom(trace: Trace, parent: Trace | null, most: number): number {
  const isSame =
    parent !== null && JSON.stringify(trace.header.canvas) === JSON.stringify(parent.header.canvas)
  return isSame ? inheritedSteps(trace, parent, most) : 0
}

function toRun(
  { header, steps, status, summary }: Trace,
  prompt: string,
  table: number,
  inherited: number,
): SharedRun {
  const begun = steps[inherited - 1]?.at ?? 0
  const own = steps.slice(inherited)
  const { unit, ticks } = toTicks(own.map(({ at }) => at - begun))
  const total = ticks.some((taken) => taken > 0) ? own.at(-1)!.at - begun : 0
  const inPasses = own.reduce((sum, { passMs }) => sum + passMs, 0)
  const knowledge = sharedKnowledge(header.knowledge, header.vocabulary.mask)
  return {
    ...(header.prompt !== prompt && { prompt: header.prompt }),
    settings: header.settings,
    model: header.model,
    device: header.device,
    vocabulary: header.vocabulary,
    knowledge,
    ...(header.canvas && { canvas: header.canvas }),
    status,
    table,
    inherited,
    steps: own.map((step, at) => toSharedStep(step, ticks[at]!, knowledge.guesses)),
    clockUnit: unit,
    passShare: total > 0 ? toByte(inPasses / total) : 255,
    ...(summary !== undefined && { summary: beginningOf(summary, LIMITS.summary) }),
  }
}

function sharedKnowledge(
  { confidence, guesses, reasons, clock, steps }: Knowledge,
  mask: number | null,
): SharedRun['knowledge'] {
  return { confidence, guesses: guesses && mask === null, reasons, clock, steps }
}

function toSharedStep(step: TraceStep, ticks: number, withGuesses: boolean): SharedStep {
  // Where a position is committed twice in a step, the later one stands.
  const last = new Map(step.commits.map((commit) => [commit.position, commit]))
  const commits = [...last.values()].sort((a, b) => a.rank - b.rank).map(toCommit)
  const counts = (name: 'of' | 'quota') =>
    commits.some(({ reason }) => countedBy(reason)[name]) ? most(step, name) : 0
  return {
    block: step.block,
    ticks,
    of: counts('of'),
    quota: counts('quota'),
    edit: step.edit ?? false,
    ...(step.draft && { draft: step.draft }),
    splices: step.splices ?? [],
    commits,
    said: withGuesses ? readingsOf(step) : [],
  }
}

function most({ commits }: TraceStep, name: 'of' | 'quota'): number {
  const count = (reason: CommitReason) => ({ of: 0, quota: 0, ...reason })[name]
  return commits.reduce((sum, { reason }) => Math.max(sum, count(reason)), 0)
}

function readingsOf({ positions, guesses, confidence }: TraceStep): SharedReading[] {
  return Array.from(positions, (position, row) => ({
    position,
    id: guesses[row]!,
    confidence: toConfidence(confidence[row]!),
  }))
}

/** At most so many units of a text, and no half of a character; what is cut ends in an ellipsis. */
function beginningOf(text: string, units: number): string {
  const whole = text.toWellFormed()
  if (whole.length <= units) return whole
  return `${whole.slice(0, units - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function toByte(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 255)
}

function toConfidence(probability: number): number | null {
  return Number.isNaN(probability) ? null : toByte(probability)
}

function toCommit({ position, id, probability, reason }: Commit): SharedCommit {
  return { position, id, confidence: toConfidence(probability), reason: withoutCounts(reason) }
}

/** The tokens of a lane that have text: masks and ends of sequence have none. */
function tokensOf({ trace, pieces }: Lane): LaneTokens | null {
  if (trace === null) return null
  const { vocabulary, canvas, knowledge } = trace.header
  const ids = new Set<number>(canvas?.ids)
  const { guesses } = sharedKnowledge(knowledge, vocabulary.mask)
  for (const step of trace.steps) {
    for (const { id } of step.commits) ids.add(id)
    if (guesses) for (const id of step.guesses) ids.add(id)
  }
  if (vocabulary.mask !== null) ids.delete(vocabulary.mask)
  ids.delete(vocabulary.end)
  return { vocabulary, pieces, ids }
}
