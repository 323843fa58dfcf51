import * as v from 'valibot'
import type { TraceStep } from '../../../trace/trace.ts'
import type { Comparison } from '../../comparison.ts'
import { comparisonOfPair } from '../../pair/comparison-of-pair.ts'
import { FileError, issueOf } from '../file-error.ts'
import { decodePieces } from '../piece-file.ts'
import { fromShare, logOfShare } from '../shares.ts'
import { checkRun } from './check-run.ts'
import { ComparisonSchema, type RunFile, type StepFile } from './schema.ts'

/** Reads version 1 of the file. Throws `FileError`. */
export function readVersion1(value: unknown): Comparison {
  const parsed = v.safeParse(ComparisonSchema, value, { abortEarly: true })
  if (!parsed.success) throw issueOf(parsed.issues[0])
  const { diffusion, autoregressive, pieces, lacks = [], ...rest } = parsed.output
  checkLane('diffusion', diffusion)
  checkLane('autoregressive', autoregressive)
  const pair = {
    ...rest,
    lacks,
    diffusion: { ...diffusion, steps: diffusion.steps.map(decodeStep) },
    autoregressive: { ...autoregressive, steps: autoregressive.steps.map(decodeStep) },
    pieces: decodePieces(pieces),
  }
  return comparisonOfPair(pair, 'recorded')
}

function checkLane(lane: string, run: RunFile): void {
  const complaint = checkRun(run)
  if (complaint !== null) throw new FileError(lane, complaint)
}

function decodeStep(file: StepFile, index: number): TraceStep {
  const { at, passMs, split, block, k, positions, ids, shares, entropy, guesses, confidence, reasons } = file
  return {
    step: index + 1,
    at,
    passMs,
    ...(split && { split }),
    block,
    positions: Int32Array.from(positions),
    k,
    ids: Int32Array.from(ids),
    logProbs: Float32Array.from(shares, logOfShare),
    entropy: Float32Array.from(entropy, (nats) => nats ?? NaN),
    guesses: Int32Array.from(guesses),
    confidence: Float32Array.from(confidence, fromShare),
    commits: file.commits.map(([position, id, previous, share, rank, reason]) => ({
      position,
      id,
      previous,
      probability: fromShare(share),
      rank,
      reason: reasons[reason]!,
    })),
  }
}
