import { describe, expect, it } from 'vitest'
import type { Prediction } from '../../core/prediction.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { predictionDistance } from './compare-predictions.ts'
import type { Manifest } from '../model/manifest.ts'
import { selfCheck } from './self-check.ts'

const device = { backend: 'webgpu', label: 'test' } as const

/** Rows of what the scripted model says, with log-sum-exp zero: logits are log-probabilities. */
const row = (place: number, shift = 0) => {
  const probability = 0.9 - 0.01 * place
  return [Math.log(probability) + shift, Math.log((1 - probability) / 2), 5 + (place % 7), 1, 0, 0.5]
}

const manifest = (golden: unknown) => ({ topK: 2, golden }) as Manifest
const golden = (shift = 0) => ({
  denoise: { promptIds: [3, 5, 4], answerIds: [0, 0], packed: [row(0), row(1)] },
  extend: { promptIds: [3, 5, 4], nextIds: [6, 7], packed: [row(3), row(4), row(5, shift)] },
})

describe('the self-check', () => {
  it('passes on a device that computes the trainer’s numbers', async () => {
    expect(await selfCheck(scriptedModel().predictor, manifest(golden()), device)).toBeLessThan(1e-5)
  })

  it('fails where one token is off, and where there is nothing to check by', async () => {
    for (const wrong of [golden(0.2), null]) {
      await expect(selfCheck(scriptedModel().predictor, manifest(wrong), device)).rejects.toMatchObject({
        kind: 'self-check-failed',
      })
    }
  })
})

function prediction(logProbs: number[], ids: number[], entropy = 1): Prediction {
  return {
    length: 1,
    k: ids.length,
    ids: Int32Array.from(ids),
    logProbs: Float32Array.from(logProbs),
    entropy: Float32Array.of(entropy),
  }
}

describe('the distance of predictions', () => {
  const expected = prediction([-0.5, -1, -9], [7, 8, 9])

  it('goes by id and not by place', () => {
    expect(predictionDistance(prediction([-0.5, -1, -9], [8, 7, 9]), expected)).toBeCloseTo(0.5)
  })

  it('leaves improbable candidates out', () => {
    expect(predictionDistance(prediction([-0.5, -1, -9], [7, 8, 3]), expected)).toBe(0)
  })

  it('is infinite for logits that are all zero or no numbers', () => {
    expect(predictionDistance(prediction([NaN, NaN, NaN], [7, 8, 9]), expected)).toBe(Infinity)
    const flat = Math.log(1 / 1024)
    expect(predictionDistance(prediction([flat, flat, flat], [0, 1, 2]), expected)).toBeGreaterThan(5)
  })
})
