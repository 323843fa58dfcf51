import type { Ends } from '../core/end-of-sequence.ts'
import type { Vocabulary } from '../core/vocabulary.ts'
import type { Device, ModelCard } from '../trace/trace.ts'
import type { Predictor } from './predictor.ts'

/** A model that is ready to run, wherever it is. */
export interface RunnableModel {
  readonly card: ModelCard
  readonly device: Device
  readonly vocabulary: Vocabulary
  /** Longest prompt with template plus answer, in tokens. */
  readonly window: number
  /** When its diffusion runs decide ends of sequence; `sure` if left out. */
  readonly ends?: Ends
  readonly predictor: Predictor
  /** Token ids of a prompt with its template. */
  encodePrompt(prompt: string): readonly number[]
  /** What it is asked where a text with blanks is to be filled; nothing if left out. */
  askForGaps?(text: string): string
  /** Token ids of a text alone. */
  encodeText(text: string): readonly number[]
}
