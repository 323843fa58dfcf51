import type { Trace } from '../../../trace/trace.ts'
import type { Comparison, Lane } from '../../comparison.ts'
import { inheritedSteps } from '../../inherited.ts'
import { LIMITS } from '../../limits.ts'
import { tablesOf, type LaneTokens } from '../../piece-tables.ts'
import { encodePieces } from '../piece-file.ts'
import type { ComparisonFile, LaneFile, StepFile } from './schema.ts'
import { encodeStep } from './step.ts'

/** A comparison as version 2 of the file, of each row only the first `candidates`. */
export function writeVersion2(
  { prompt, lanes, leader, recordedAt }: Comparison,
  candidates: number,
): ComparisonFile {
  const steps = lanes.map(({ trace }) => trace?.steps.map((step) => encodeStep(step, candidates)) ?? [])
  const { tables, indexOf } = tablesOf(lanes.map((lane, at) => tokensOf(lane, steps[at]!)))
  return {
    version: 2,
    recordedAt,
    prompt,
    leader,
    pieces: tables.map(encodePieces),
    lanes: lanes.map((lane, at): LaneFile => {
      const { id, name, decoder, source, trace } = lane
      const parent = lane.parent && lanes.find((other) => other.id === lane.parent!.lane)
      const inherited = inheritedFrom(lane, parent, lanes)
      const run = trace && {
        header: headerOf(trace, prompt),
        status: trace.status,
        pieces: indexOf[at]!,
        ...(inherited > 0 && { inherited }),
        ...(trace.summary !== undefined && { summary: trace.summary.slice(0, LIMITS.summary) }),
        steps: steps[at]!.slice(inherited),
      }
      return {
        id,
        name,
        decoder,
        source: source === 'live' ? 'recorded' : source,
        ...(parent && { parent: { ...lane.parent! } }),
        run,
      } as LaneFile
    }),
  }
}

/** Steps that are those of a parent which stands before its child. */
function inheritedFrom(lane: Lane, parent: Lane | undefined, lanes: readonly Lane[]): number {
  if (!lane.trace || !parent?.trace || parent.decoder !== lane.decoder) return 0
  if (lanes.indexOf(parent) >= lanes.indexOf(lane)) return 0
  return inheritedSteps(lane.trace, parent.trace, lane.parent!.step)
}

function headerOf({ header }: Trace, prompt: string) {
  const { decoder: _, prompt: own, promptIds, vocabulary, canvas, ...rest } = header
  return {
    ...(own !== prompt && { prompt: own }),
    promptIds: [...promptIds],
    vocabulary: { ...vocabulary, suppressed: [...vocabulary.suppressed] },
    ...rest,
    ...(canvas && { canvas: { ids: [...canvas.ids], given: [...canvas.given] } }),
  }
}

function tokensOf({ trace, pieces }: Lane, steps: readonly StepFile[]): LaneTokens | null {
  if (trace === null) return null
  const { vocabulary, canvas } = trace.header
  const ids = new Set<number>(canvas?.ids)
  for (const step of steps) {
    for (const id of step.ids) ids.add(id)
    for (const id of step.guesses) ids.add(id)
    for (const [, id, previous] of step.commits) ids.add(id).add(previous)
  }
  return { vocabulary, pieces, ids }
}
