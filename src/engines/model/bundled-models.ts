import { changeSettings } from '../../core/change-settings.ts'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { DiffusionSettings } from '../../core/settings.ts'

/** By what names automation and links to the page know them. */
export const MODEL_IDS = ['small', 'open'] as const

/** A model that ships with the page. */
export type ModelId = (typeof MODEL_IDS)[number]

/**
 * What the page has to know of a model before a byte of that is loaded. Its manifest says the same; a test holds the
 * two together.
 */
export interface BundledModel {
  readonly label: string
  /** As its traces name it. */
  readonly name: string
  /** Of its weights. */
  readonly revision: string
  /** Beside the page. */
  readonly folder: string
  /** Bytes that are fetched once. */
  readonly bytes: number
  /** Of a fresh run. */
  readonly answerLength: number
  /** Of a fresh run. */
  readonly temperature: number
  /** Canvases that it was trained with. */
  readonly answerLengths: readonly number[]
  /** Candidates that it gives a position. */
  readonly candidates: number
}

export const SMALL_MODEL: BundledModel = {
  label: 'Small world',
  name: 'diffuscope-small',
  revision: '4a8b07d0b2ee',
  folder: 'models/small/',
  bytes: 11_261_466,
  // Holds every answer that it was taught; shorter ones leave a tail of ends of sequence.
  answerLength: 80,
  temperature: 0,
  answerLengths: [24, 48, 80, 96],
  candidates: 16,
}

export const OPEN_MODEL: BundledModel = {
  label: 'Open world',
  name: 'SmolLM2-135M two-way',
  revision: 'bd3c79185031',
  folder: 'models/open/',
  bytes: 79_308_549,
  answerLength: 48,
  // A text of this model that is never drawn runs in loops.
  temperature: 0.3,
  answerLengths: [16, 24, 32, 48, 64, 96],
  candidates: 16,
}

export const BUNDLED_MODELS: Readonly<Record<ModelId, BundledModel>> = {
  small: SMALL_MODEL,
  open: OPEN_MODEL,
}

/** Which of them a trace names; null where it is another. */
export function modelIdOf(name: string | undefined): ModelId | null {
  return MODEL_IDS.find((id) => BUNDLED_MODELS[id].name === name) ?? null
}

/** The settings that a fresh run of a model begins with: one token a pass, the surest first. */
export function settingsOfModel({ answerLength, temperature }: BundledModel): DiffusionSettings {
  return changeSettings(defaultDiffusionSettings(answerLength), { temperature })
}
