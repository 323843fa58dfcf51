import * as v from 'valibot'
import type { Prediction } from '../../core/prediction.ts'
import type { Device } from '../../trace/trace.ts'
import type { EngineError } from '../engine-error.ts'
import type { Predictor } from '../predictor.ts'
import { predictionDistance } from './compare-predictions.ts'
import { GoldenSchema } from '../model/golden.ts'
import { unpack } from './unpack.ts'

/** Nats. Kernels differ in the order of their sums by thousandths; a wrong kernel is off by whole nats. */
const KERNELS: Tolerance = { nats: 0.05, leastLogProb: -7 }

/** How far from the trainer's numbers a device may be. */
export interface Tolerance {
  /** Largest difference of log-probabilities and entropies. */
  readonly nats: number
  /** Less probable candidates than e to this are not compared. */
  readonly leastLogProb: number
}

/** What is checked. */
interface Checked {
  readonly golden?: unknown
  readonly topK: number
}

/**
 * Runs the manifest's fixed input through both decoders and compares with the trainer's numbers: some
 * devices compute wrongly without a word.
 *
 * @returns the largest difference in nats
 * @throws EngineError `self-check-failed`
 */
export async function selfCheck(
  predictor: Predictor,
  { golden, topK: k }: Checked,
  device: Device,
  { nats, leastLogProb } = KERNELS,
): Promise<number> {
  const parsed = v.safeParse(GoldenSchema, golden)
  if (!parsed.success) {
    throw failure('The model’s manifest has no numbers to check it by: it has to be exported again.', '')
  }
  const { denoise, extend } = parsed.output
  const expected = (rows: readonly (readonly number[])[]): Prediction =>
    unpack(Float32Array.from(rows.flat()), 0, rows.length, k)
  const distanceOf = (got: Prediction, rows: readonly (readonly number[])[]) =>
    predictionDistance(got, expected(rows), leastLogProb)

  const answer = await predictor.denoise(denoise.promptIds, Int32Array.from(denoise.answerIds))
  let distance = distanceOf(answer.prediction, denoise.packed)

  const tokens = extend.promptIds.length + extend.nextIds.length
  await predictor.prepare('autoregressive', tokens)
  const extension = predictor.startExtension(tokens)
  try {
    const inputs = [extend.promptIds, ...extend.nextIds.map((id) => [id])]
    for (const [i, ids] of inputs.entries()) {
      const { prediction } = await extension.extend(ids)
      distance = Math.max(distance, distanceOf(prediction, [extend.packed[i] ?? []]))
    }
  } finally {
    extension.release()
  }
  if (distance > nats) {
    throw failure(
      `The model computes wrong numbers on this device (${device.label}). Try another browser.`,
      `off by ${distance} nats`,
    )
  }
  return distance
}

function failure(message: string, detail: string): EngineError {
  return { kind: 'self-check-failed', message, detail }
}
