import * as v from 'valibot'
import type { Prediction } from '../../core/prediction.ts'
import type { Device } from '../../trace/trace.ts'
import type { EngineError } from '../engine-error.ts'
import type { Predictor } from '../predictor.ts'
import { predictionDistance } from './compare-predictions.ts'
import { GoldenSchema } from '../model/golden.ts'
import type { Manifest } from '../model/manifest.ts'
import { unpack } from './unpack.ts'

/** Nats. Kernels differ in the order of their sums by thousandths; a wrong kernel is off by whole nats. */
const TOLERANCE = 0.05

/**
 * Runs the manifest's fixed input through both decoders and compares with the trainer's numbers: some
 * devices compute wrongly without a word.
 *
 * @returns the largest difference in nats
 * @throws EngineError `self-check-failed`
 */
export async function selfCheck(predictor: Predictor, manifest: Manifest, device: Device): Promise<number> {
  const parsed = v.safeParse(GoldenSchema, manifest.golden)
  if (!parsed.success) {
    throw failure('The model’s manifest has no numbers to check it by: it has to be exported again.', '')
  }
  const { denoise, extend } = parsed.output
  const k = manifest.topK
  const expected = (rows: readonly (readonly number[])[]): Prediction =>
    unpack(Float32Array.from(rows.flat()), 0, rows.length, k)

  const answer = await predictor.denoise(denoise.promptIds, Int32Array.from(denoise.answerIds))
  let distance = predictionDistance(answer.prediction, expected(denoise.packed))

  const tokens = extend.promptIds.length + extend.nextIds.length
  await predictor.prepare('autoregressive', tokens)
  const extension = predictor.startExtension(tokens)
  try {
    const inputs = [extend.promptIds, ...extend.nextIds.map((id) => [id])]
    for (const [i, ids] of inputs.entries()) {
      const { prediction } = await extension.extend(ids)
      distance = Math.max(distance, predictionDistance(prediction, expected([extend.packed[i] ?? []])))
    }
  } finally {
    extension.release()
  }
  if (distance > TOLERANCE) {
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
