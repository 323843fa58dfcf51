import type { DiffusionSettings } from '../../../core/settings.ts'
import type { SharedReason } from '../shared-reason.ts'

/*
 * What version 3 of the link numbers and bounds. Frozen: links hold indexes into these tables. What is new is named in
 * a link's words: a rule that is not here, a status, a strategy, a clock.
 */

/** Of all lanes together, but for positions. */
export const LIMITS = {
  positions: 4096,
  steps: 16_384,
  /** Commits, readings and tokens of starting canvases. */
  tokens: 32_768,
  splices: 8192,
  pieces: 8192,
  pieceBytes: 255,
  id: 2 ** 24,
  ticks: 2 ** 24,
  /** Bytes of all texts: a hostile link may claim them without holding them. */
  textBytes: 24_000,
  rules: 64,
} as const

/** Floor of the tail where no other is named. */
const TAIL_FLOOR = 0.9

/** Reasons that need no words: what commits name by their index. */
export function reasonsOf(settings: object): readonly SharedReason[] {
  const { threshold = 0.9, factor = 1 } = settings as Partial<Record<'threshold' | 'factor', number>>
  return [
    { rule: 'quota' },
    { rule: 'threshold', threshold },
    { rule: 'factor', factor },
    { rule: 'at-least-one' },
    { rule: 'random' },
    { rule: 'tail', floor: TAIL_FLOOR },
    { rule: 'next' },
    { rule: 'tail', floor: 0 },
    { rule: 'taken-back' },
    { rule: 'noise' },
    { rule: 'pinned' },
    { rule: 'replaced' },
    { rule: 'masked' },
    { rule: 'unknown' },
  ]
}

const ANSWER_LENGTH = 80

/** Settings that need no words: of the first lane, those that differ from these are written. */
export const FIRST_SETTINGS: DiffusionSettings = {
  strategy: 'low-confidence',
  answerLength: ANSWER_LENGTH,
  temperature: 0,
  topK: 8,
  seed: 1,
  blockLength: ANSWER_LENGTH,
  steps: ANSWER_LENGTH,
}

/** Names and ids that need no words. */
export const NAMES = { diffusion: 'Diffusion', autoregressive: 'Autoregressive' } as const
