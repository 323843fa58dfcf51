import { defaultDiffusionSettings } from '../../src/core/default-settings.ts'
import type { DiffusionSettings } from '../../src/core/settings.ts'
import { runSteps } from '../../src/engines/run.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'

type Commit = readonly [position: number, id: number]

export interface Outcome {
  /** What every step committed, in order, up to where the run came. */
  readonly steps: readonly (readonly Commit[])[]
  /** What it ended with; null where it came to its end. */
  readonly error: unknown
}

const PROMPT = 'Name three fruits.'

/** Runs a model and tells how far it came; `onStep` hears the number of each step that is done. */
export async function runAll(
  model: RunnableModel,
  {
    settings = defaultDiffusionSettings(8),
    signal = new AbortController().signal,
    onStep = () => undefined,
  }: {
    readonly settings?: DiffusionSettings
    readonly signal?: AbortSignal
    readonly onStep?: (done: number) => void | Promise<void>
  } = {},
): Promise<Outcome> {
  const steps: Commit[][] = []
  const request = { decoder: 'diffusion', prompt: PROMPT, settings } as const
  try {
    for await (const { event } of runSteps(model, request, { signal, now: () => performance.now() })) {
      if (event.kind !== 'step') continue
      steps.push(event.step.commits.map(({ position, id }) => [position, id] as const))
      await onStep(steps.length)
    }
    return { steps, error: null }
  } catch (error) {
    return { steps, error }
  }
}
