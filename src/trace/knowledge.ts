/**
 * What a step of a run is: a forward pass, or an update of a service: pieces of text as they came, or whole drafts
 * whose differences are the steps. Tokens of an update are pieces of text.
 */
export const STEP_KINDS = ['pass', 'text', 'drafts'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** What a run can show. What is not known is not drawn, and the page says so. */
export interface Knowledge {
  /** How sure the model was of what it committed. */
  readonly confidence: boolean
  /** What else it considered. */
  readonly candidates: boolean
  /** What it guessed at positions that it did not commit. */
  readonly guesses: boolean
  /** Why a token was committed in this step and not in another. */
  readonly reasons: boolean
  /** When each step was done. */
  readonly clock: boolean
  readonly steps: StepKind
}

/** All that a run of our own loop shows. */
export const WHOLE: Knowledge = {
  confidence: true,
  candidates: true,
  guesses: true,
  reasons: true,
  clock: true,
  steps: 'pass',
}

/** What is known where a service sent text. */
export function knowledgeOfText(steps: Exclude<StepKind, 'pass'>): Knowledge {
  return { ...WHOLE, confidence: false, candidates: false, guesses: false, reasons: false, steps }
}

/** Whether a step is an update of a service's text and not a forward pass. */
export function isText({ steps }: Knowledge): boolean {
  return steps !== 'pass'
}

/** What the page calls the things that a run is made of. */
export interface Words {
  readonly step: string
  readonly steps: string
  readonly pass: string
  readonly passes: string
  readonly token: string
  readonly tokens: string
}

const PASSES: Words = {
  step: 'step',
  steps: 'steps',
  pass: 'forward pass',
  passes: 'forward passes',
  token: 'token',
  tokens: 'tokens',
}
const UPDATES: Words = {
  step: 'update',
  steps: 'updates',
  pass: 'update',
  passes: 'updates',
  token: 'piece',
  tokens: 'pieces',
}

export function wordsOf(knowledge: Knowledge): Words {
  return isText(knowledge) ? UPDATES : PASSES
}
