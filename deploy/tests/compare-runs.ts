import { denoise } from '../../src/core/denoise.ts'
import { isFinished, startDiffusion } from '../../src/core/diffusion-state.ts'
import type { Prediction } from '../../src/core/prediction.ts'
import { randomAt } from '../../src/core/random.ts'
import type { DiffusionSettings } from '../../src/core/settings.ts'
import type { StepEvent } from '../../src/core/step-event.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'

/** Probabilities nearer than this are as good as equal: two computations may put them in either order. */
const AS_SURE = 1e-4

export interface Compared {
  readonly steps: number
  /** Steps that did not commit the very same tokens in the same order, but for those that are as sure. */
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
    const other = decide(theirs!).event
    if (!alike(decided.event, other)) {
      const [one, two] = [decided.event, other].map(commitsOf)
      different.push(`step ${state.step + 1}: ${one} here, ${two} there`)
    }
    state = decided.state
  }
  return { steps: state.step, different, gap }
}

/** Whether two steps commit the same where one is surer than the other, and guess the same in any case. */
function alike(one: StepEvent, other: StepEvent): boolean {
  const guessed = (position: number) => other.guesses[other.positions.indexOf(position)]
  return (
    one.commits.length === other.commits.length &&
    one.commits.every(({ position, id, probability }, rank) => {
      const theirs = other.commits[rank]!
      // What is taken back is no guess.
      if (position === theirs.position) return id === theirs.id
      return Math.abs(probability - theirs.probability) < AS_SURE && guessed(position) === id
    })
  )
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
