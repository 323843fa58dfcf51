import type { SettingsChange } from '../src/core/settings.ts'
import type { ModelId } from '../src/engines/model/bundled-models.ts'
import type { Outcome } from './outcome.ts'

export interface Prompt {
  readonly prompt: string
  /** What differs from the model's own settings. */
  readonly changes?: SettingsChange
  /** Whether an answer is right, where that can be told. */
  readonly isRight?: (answer: string) => boolean
}

/** How a recording is kept and named. */
export interface Shown {
  /** Name of the file, without its ending. */
  readonly file: string
  readonly kind: string
  readonly title: string
  /** The small world if left out. */
  readonly model?: ModelId
}

export type RecordedPrompt = Prompt & Shown

/** A recording that shows an outcome: the first of the prompts that has it when it is run. */
export interface SoughtOutcome extends Shown {
  readonly outcome: Outcome
  readonly among: readonly (Prompt & Required<Pick<Prompt, 'isRight'>>)[]
}
