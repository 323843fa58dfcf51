import type { CommitReason } from '../core/step-event.ts'
import type { PassSplit, TraceStep } from '../trace/trace.ts'
import type { StepFile } from './comparison-schema.ts'

/** Probabilities are kept in ten-thousandths. */
const PARTS = 10_000
/** Stands for a probability that rounds to 0, whose logarithm must stay finite. */
const LEAST = 0.25 / PARTS

/** Null where the probability is not known. */
function toKnownShare(probability: number): number | null {
  return Number.isNaN(probability) ? null : toShare(probability)
}

function fromShare(share: number | null): number {
  return share === null ? NaN : share / PARTS
}

function toShare(probability: number): number {
  return Math.round(Math.min(1, probability) * PARTS)
}

function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}

function toSplitFile({ networkMs, queueMs, computeMs }: PassSplit): PassSplit {
  return {
    networkMs: toThousandths(networkMs),
    queueMs: toThousandths(queueMs),
    computeMs: toThousandths(computeMs),
  }
}

/** A step as JSON, with the first `candidates` of each row; probabilities lose all but four decimals. */
export function encodeStep(step: TraceStep, candidates: number): StepFile {
  const k = Math.min(step.k, candidates)
  const isKept = (_: number, at: number) => at % step.k < k
  const reasons = new Map<string, number>()
  const indexOf = (reason: CommitReason) => {
    const text = JSON.stringify(reason)
    const index = reasons.get(text) ?? reasons.size
    reasons.set(text, index)
    return index
  }
  const commits = step.commits.map(
    ({ position, id, previous, probability, rank, reason }): StepFile['commits'][number] => [
      position,
      id,
      previous,
      toKnownShare(probability),
      rank,
      indexOf(reason),
    ],
  )
  return {
    at: toThousandths(step.at),
    passMs: toThousandths(step.passMs),
    ...(step.split && { split: toSplitFile(step.split) }),
    block: [...step.block],
    k,
    positions: [...step.positions],
    ids: [...step.ids].filter(isKept),
    shares: [...step.logProbs].filter(isKept).map((logProb) => toShare(Math.exp(logProb))),
    entropy: Array.from(step.entropy, (nats) =>
      Number.isNaN(nats) ? null : Math.max(0, toThousandths(nats)),
    ),
    guesses: [...step.guesses],
    confidence: Array.from(step.confidence, toKnownShare),
    reasons: [...reasons.keys()].map((text) => JSON.parse(text) as CommitReason),
    commits,
  }
}

/** The step that `encodeStep` wrote, as the `number`th of its run. */
export function decodeStep(file: StepFile, number: number): TraceStep {
  return {
    step: number,
    at: file.at,
    passMs: file.passMs,
    ...(file.split && { split: file.split }),
    block: file.block,
    positions: Int32Array.from(file.positions),
    k: file.k,
    ids: Int32Array.from(file.ids),
    logProbs: Float32Array.from(file.shares, (share) => Math.log(Math.max(share / PARTS, LEAST))),
    entropy: Float32Array.from(file.entropy, (nats) => nats ?? NaN),
    guesses: Int32Array.from(file.guesses),
    confidence: Float32Array.from(file.confidence, fromShare),
    commits: file.commits.map(([position, id, previous, share, rank, reason]) => ({
      position,
      id,
      previous,
      probability: fromShare(share),
      rank,
      reason: file.reasons[reason]!,
    })),
  }
}
