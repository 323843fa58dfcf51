import * as v from 'valibot'
import type { Trace, TraceHeader } from '../../../trace/trace.ts'
import type { Comparison, Lane } from '../../comparison.ts'
import { piecesOf, type PieceTable } from '../../piece-tables.ts'
import { FileError, issueOf } from '../file-error.ts'
import { decodePieces } from '../piece-file.ts'
import { checkTrace } from './check-trace.ts'
import { ComparisonSchema, type ComparisonFile, type LaneFile, type RunFile } from './schema.ts'
import { decodeStep } from './step.ts'

/** Reads version 2 of the file. Throws `FileError`. */
export function readVersion2(value: unknown): Comparison {
  const parsed = v.safeParse(ComparisonSchema, value, { abortEarly: true })
  if (!parsed.success) throw issueOf(parsed.issues[0])
  const file = parsed.output
  checkLanes(file)
  const { prompt, leader, recordedAt } = file
  const tables = file.pieces.map(decodePieces)
  const lanes: Lane[] = []
  for (const [at, lane] of file.lanes.entries())
    lanes.push(readLane(lane, `lanes.${at}`, prompt, tables, lanes))
  return { prompt, lanes, leader, recordedAt }
}

/** Ids are unlike one another; the leader and all parents exist, and no lane descends from itself. */
function checkLanes({ lanes, leader }: ComparisonFile): void {
  const byId = new Map(lanes.map((lane) => [lane.id, lane]))
  for (const [at, { id, parent }] of lanes.entries()) {
    if (byId.get(id) !== lanes[at]) throw new FileError(`lanes.${at}.id`, 'two lanes have the same id')
    if (parent !== undefined && !byId.has(parent.lane)) {
      throw new FileError(
        `lanes.${at}.parent.lane`,
        `there is no lane ${JSON.stringify(parent.lane.slice(0, 64))}`,
      )
    }
    let ancestor = parent?.lane
    for (let depth = 0; ancestor !== undefined; depth++) {
      if (depth > lanes.length) throw new FileError(`lanes.${at}.parent`, 'a lane descends from itself')
      ancestor = byId.get(ancestor)?.parent?.lane
    }
  }
  if (!byId.has(leader))
    throw new FileError('leader', `there is no lane ${JSON.stringify(leader.slice(0, 64))}`)
}

function readLane(
  { id, name, decoder, source, parent, run }: LaneFile,
  path: string,
  prompt: string,
  tables: readonly PieceTable[],
  before: readonly Lane[],
): Lane {
  const lane = {
    ...{ id, name, decoder },
    source: source === 'live' ? ('recorded' as const) : source,
    ...(parent && { parent }),
  }
  if (run === null) return { ...lane, trace: null, pieces: piecesOf(new Map()) }
  const table = tables[run.pieces]
  if (table === undefined) throw new FileError(`${path}.run.pieces`, 'there is no such table')
  const trace = readRun(
    run,
    decoder,
    `${path}.run`,
    prompt,
    parent && before.find((other) => other.id === parent.lane),
  )
  return { ...lane, trace, pieces: piecesOf(table) }
}

function readRun(
  { header, status, steps, inherited = 0, summary }: RunFile,
  decoder: LaneFile['decoder'],
  path: string,
  prompt: string,
  parent: Lane | undefined,
): Trace {
  const from = parent?.decoder === decoder ? (parent.trace?.steps ?? []) : []
  if (inherited > from.length) {
    throw new FileError(`${path}.inherited`, 'its parent must stand before it and have as many steps')
  }
  const trace: Trace = {
    header: { prompt, ...header, decoder } as TraceHeader,
    status,
    steps: [...from.slice(0, inherited), ...steps.map((step, at) => decodeStep(step, inherited + at + 1))],
    ...(summary !== undefined && { summary }),
  }
  const complaint = checkTrace(trace, inherited)
  if (complaint !== null) throw new FileError(path, complaint)
  return trace
}
