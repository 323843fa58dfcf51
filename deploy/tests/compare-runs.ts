import { denoise } from '../../src/core/denoise.ts'
import { isFinished, startDiffusion } from '../../src/core/diffusion-state.ts'
import type { Prediction } from '../../src/core/prediction.ts'
import { randomAt } from '../../src/core/random.ts'
import type { DiffusionSettings } from '../../src/core/settings.ts'
import type { StepEvent } from '../../src/core/step-event.ts'
import type { RunnableModel } from '../../src/engines/run.ts'

export interface Compared {
  readonly steps: number
  /** Steps that did not commit the very same tokens in the very same order. */
  readonly different: readonly string[]
  /** Largest difference of a log-probability or an entropy, in nats. */
  readonly gap: number
}

/** Runs a prompt here and, state by state, asks the other model for the same step. */
export async function compareRuns(
  here: RunnableModel,
  there: RunnableModel,
  prompt: string,
  settings: DiffusionSettings,
): Promise<Compared> {
  const promptIds = here.encodePrompt(prompt)
  let state = startDiffusion(settings, here.vocabulary)
  const different: string[] = []
  let gap = 0
  while (!isFinished(state)) {
    const [mine, theirs] = await Promise.all(
      [here, there].map(({ predictor }) => predictor.denoise(promptIds, state.ids)),
    )
    gap = Math.max(gap, gapOf(mine!.prediction, theirs!.prediction))
    const decide = ({ prediction }: { prediction: Prediction }) =>
      denoise(state, prediction, randomAt(settings.seed, state.step + 1))
    const decided = decide(mine!)
    const [one, other] = [commitsOf(decided.event), commitsOf(decide(theirs!).event)]
    if (one !== other) different.push(`step ${state.step + 1}: ${one} here, ${other} there`)
    state = decided.state
  }
  return { steps: state.step, different, gap }
}

function commitsOf({ commits }: StepEvent): string {
  return commits.map(({ position, id }) => `${id}@${position}`).join(' ')
}

/** Over the candidates that both name; near the last of them equals may change places. */
function gapOf(a: Prediction, b: Prediction): number {
  let gap = 0
  for (let row = 0; row < a.length; row++) {
    gap = Math.max(gap, Math.abs(a.entropy[row]! - b.entropy[row]!))
    const theirs = new Map(
      Array.from({ length: b.k }, (_, j) => [b.ids[row * b.k + j]!, b.logProbs[row * b.k + j]!]),
    )
    for (let j = 0; j < a.k; j++) {
      const other = theirs.get(a.ids[row * a.k + j]!)
      if (other !== undefined) gap = Math.max(gap, Math.abs(a.logProbs[row * a.k + j]! - other))
      else if (j < a.k - 2) return Infinity
    }
  }
  return gap
}
