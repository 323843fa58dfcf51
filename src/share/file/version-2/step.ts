import type { CommitReason } from '../../../core/step-event.ts'
import type { TraceStep } from '../../../trace/trace.ts'
import { fromShare, logOfShare, toKnownShare, toShare, toThousandths } from '../shares.ts'
import type { StepFile } from './schema.ts'

/** A step as JSON, with the first `candidates` of each row; probabilities lose all but four decimals. */
export function encodeStep(step: TraceStep, candidates: number): StepFile {
  const k = Math.min(step.k, candidates)
  const isKept = (_: number, at: number) => at % step.k < k
  const reasons = new Map<string, number>()
  const indexOf = (reason: CommitReason) => {
    const text = JSON.stringify(reason)
    const known = reasons.get(text)
    if (known === undefined) reasons.set(text, reasons.size)
    return known ?? reasons.size - 1
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
    ...(step.split && { split: splitOf(step.split) }),
    ...(step.draft && { draft: [step.draft.block, step.draft.step, step.draft.total] }),
    ...(step.edit && { edit: step.edit }),
    ...(step.splices && {
      splices: step.splices.map(({ at, removed, inserted }): [number, number, number] => [
        at,
        removed,
        inserted,
      ]),
    }),
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
    ...(step.order && { order: [...step.order] }),
    reasons: [...reasons.keys()].map((text) => JSON.parse(text) as CommitReason),
    commits,
  }
}

function splitOf({ networkMs, queueMs, computeMs }: NonNullable<TraceStep['split']>) {
  return {
    networkMs: toThousandths(networkMs),
    queueMs: toThousandths(queueMs),
    computeMs: toThousandths(computeMs),
  }
}

/** The step that `encodeStep` wrote, as the `number`th of its run. */
export function decodeStep(file: StepFile, number: number): TraceStep {
  const { splices, draft } = file
  return {
    step: number,
    at: file.at,
    passMs: file.passMs,
    ...(file.split && { split: file.split }),
    ...(draft && { draft: { block: draft[0], step: draft[1], total: draft[2] } }),
    ...(file.edit && { edit: file.edit }),
    ...(splices && { splices: splices.map(([at, removed, inserted]) => ({ at, removed, inserted })) }),
    block: file.block,
    positions: Int32Array.from(file.positions),
    k: file.k,
    ids: Int32Array.from(file.ids),
    logProbs: Float32Array.from(file.shares, logOfShare),
    entropy: Float32Array.from(file.entropy, (nats) => nats ?? NaN),
    guesses: Int32Array.from(file.guesses),
    confidence: Float32Array.from(file.confidence, fromShare),
    ...(file.order && { order: Int32Array.from(file.order) }),
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
