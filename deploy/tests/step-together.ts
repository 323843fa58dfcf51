import { performance } from 'node:perf_hooks'
import { stepInputs } from '../../src/engines/remote/step-request.ts'
import { STEP_OUTPUTS } from '../../src/engines/remote/step-tensors.ts'
import { openOipModel } from '../../src/engines/remote/oip-client.ts'
import type { NodeModel } from '../../src/engines/node/node-predictor.ts'
import { live, NAME } from './bundled-model.ts'

export interface Together {
  readonly steps: number
  /** From the first request to the last answer. */
  readonly ms: number
  /** Each step's round trip, ascending. */
  readonly roundTrips: readonly number[]
}

/** So many runs at once, each asking for one step after the other, as the page does. */
export async function stepTogether(
  url: string,
  here: NodeModel,
  { runs, stepsPerRun }: { readonly runs: number; readonly stepsPerRun: number },
): Promise<Together> {
  const model = await openOipModel({ url, model: NAME, fetch }, live())
  const roundTrips: number[] = []
  const run = async (index: number) => {
    const prompt = here.encodePrompt(`What is ${index + 12} + 35?`)
    const answer = Array<number>(40).fill(model.card.vocabulary.mask)
    for (let step = 0; step < stepsPerRun; step++) {
      const begun = performance.now()
      await model.infer(stepInputs(model, [...prompt, ...answer], 8), STEP_OUTPUTS, live())
      roundTrips.push(performance.now() - begun)
      answer[step % answer.length] = model.card.vocabulary.end
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: runs }, (_, index) => run(index)))
  const ms = performance.now() - begun
  return { steps: runs * stepsPerRun, ms, roundTrips: roundTrips.sort((a, b) => a - b) }
}
