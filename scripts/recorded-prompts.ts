import type { DiffusionSettings } from '../src/core/settings.ts'

export interface RecordedPrompt {
  /** Name of the file, without its ending. */
  readonly file: string
  readonly kind: string
  readonly title: string
  readonly prompt: string
  /** What differs from the default settings. */
  readonly changes?: Partial<DiffusionSettings>
}

/** What is recorded with the shipped model; the first one plays when the page opens. */
export const RECORDED: readonly RecordedPrompt[] = [
  {
    file: 'story',
    kind: 'story',
    title: 'A story',
    prompt: 'Write a short story about Nora and a brass lantern.',
  },
  {
    file: 'json',
    kind: 'json',
    title: 'JSON from a sentence',
    prompt: 'Extract name, age and city as JSON: Tovia Brenn is 34 and lives in Porto.',
  },
  {
    file: 'function',
    kind: 'function',
    title: 'A Python function',
    prompt: 'Write a Python function called is_even that checks if a number is even.',
  },
  {
    file: 'sum',
    kind: 'sum',
    title: 'A sum',
    prompt: 'What is 47 + 35?',
  },
  {
    file: 'reverse',
    kind: 'list',
    title: 'A list in reverse',
    prompt: 'Reverse this list: pear, kite, mango, drum',
  },
  {
    file: 'note',
    kind: 'note',
    title: 'A thank-you note',
    prompt: 'Write a thank-you note to Karim for the blue teapot. My name is Ines.',
  },
  {
    file: 'fact',
    kind: 'fact',
    title: 'A fact',
    prompt: 'What is the capital of Portugal?',
  },
  {
    file: 'short-list',
    kind: 'short list',
    title: 'A short list',
    prompt: 'Name four fruits.',
  },
  {
    file: 'gap',
    kind: 'gap',
    title: 'A gap to fill',
    prompt: 'Fill in the gap: The ___ barked at the postman.',
  },
  {
    file: 'outside',
    kind: 'outside',
    title: 'Outside its world',
    prompt: 'Who will win the election?',
  },
  {
    file: 'story-threshold',
    kind: 'story',
    title: 'Many tokens a pass',
    prompt: 'Tell me a story about a shy fox and a kite.',
    changes: { strategy: 'threshold', threshold: 0.9 },
  },
  {
    file: 'story-blocks',
    kind: 'story',
    title: 'In blocks of 8, almost a typewriter',
    prompt: 'Tell me a story about a shy fox and a kite.',
    changes: { blockLength: 8 },
  },
]

/** One prompt of every kind that the model knows, and one that it doesn't. */
export const CHIPS = RECORDED.filter(({ changes }) => !changes).map(({ kind, prompt }) => ({ kind, prompt }))
