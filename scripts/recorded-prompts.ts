import type { DiffusionSettings } from '../src/core/settings.ts'
import type { Outcome } from './outcome.ts'

interface Prompt {
  readonly prompt: string
  /** What differs from the default settings. */
  readonly changes?: Partial<DiffusionSettings>
  /** Whether an answer is right, where that can be told. */
  readonly isRight?: (answer: string) => boolean
}

export interface RecordedPrompt extends Prompt {
  /** Name of the file, without its ending. */
  readonly file: string
  readonly kind: string
  readonly title: string
}

/** A recording that shows an outcome: the first of the prompts that has it when it is run. */
export interface SoughtOutcome {
  readonly file: string
  readonly kind: string
  readonly title: string
  readonly outcome: Outcome
  readonly among: readonly (Prompt & Required<Pick<Prompt, 'isRight'>>)[]
}

const is = (wanted: string) => (answer: string) => answer.trim() === wanted
const says = (word: string) => (answer: string) => answer.includes(word)
const endsWith = (end: string) => (answer: string) => answer.trim().endsWith(end)

/** Whether the answer is JSON of exactly these fields. */
const isJson = (fields: object) => (answer: string) => {
  try {
    return JSON.stringify(JSON.parse(answer)) === JSON.stringify(fields)
  } catch {
    return false
  }
}

const FOX = 'Tell me a story about a shy fox and a kite.'

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
    isRight: isJson({ name: 'Tovia Brenn', age: 34, city: 'Porto' }),
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
    isRight: endsWith('= 82'),
  },
  {
    file: 'reverse',
    kind: 'list',
    title: 'A list in reverse',
    prompt: 'Reverse this list: pear, kite, mango, drum',
    isRight: is('drum, mango, kite, pear'),
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
    isRight: says('Lisbon'),
  },
  {
    file: 'short-list',
    kind: 'short list',
    title: 'A short list',
    prompt: 'Name four birds.',
  },
  {
    file: 'gap',
    kind: 'gap',
    title: 'A gap to fill',
    prompt: 'Fill in the gap: The ___ barked at the postman.',
    isRight: (answer) => /^The (dog|puppy) barked at the postman\.$/.test(answer.trim()),
  },
  {
    file: 'echo',
    kind: 'echo',
    title: 'The same again',
    prompt: 'Write the same: purple lantern, Lisbon, anchor',
    isRight: is('purple lantern, Lisbon, anchor'),
  },
  {
    file: 'sudoku',
    kind: 'sudoku',
    title: 'A small sudoku',
    prompt: 'Solve this 4x4 sudoku: 1034/3402/2043/0321',
    isRight: is('1234/3412/2143/4321'),
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
    prompt: FOX,
    changes: { strategy: 'threshold', threshold: 0.9 },
  },
  {
    file: 'story-blocks',
    kind: 'story',
    title: 'In blocks of 8, almost a typewriter',
    prompt: FOX,
    changes: { blockLength: 8 },
  },
  {
    file: 'story-random',
    kind: 'story',
    title: 'Anywhere, in random order',
    prompt: FOX,
    changes: { strategy: 'random' },
  },
  {
    file: 'story-rushed',
    kind: 'story',
    title: 'Rushed: ten passes for the whole answer',
    prompt: FOX,
    changes: { steps: 10 },
  },
]

const FACTS = [
  { prompt: 'What is the capital of Italy?', isRight: says('Rome') },
  { prompt: 'What is the capital of Japan?', isRight: says('Tokyo') },
  { prompt: 'What is the capital of Egypt?', isRight: says('Cairo') },
  { prompt: 'Which language do people speak in Egypt?', isRight: says('Arabic') },
  { prompt: 'How many legs has a spider?', isRight: says('8') },
]

const RECORDS = [
  { text: 'Tovia Brenn is 34 and lives in Porto.', fields: { name: 'Tovia Brenn', age: 34, city: 'Porto' } },
  { text: 'Maro Lind, 52, comes from Oslo.', fields: { name: 'Maro Lind', age: 52, city: 'Oslo' } },
  {
    text: 'Ana Kestrel is 7 and grew up in Velden.',
    fields: { name: 'Ana Kestrel', age: 7, city: 'Velden' },
  },
].map(({ text, fields }) => ({
  prompt: `Extract name, age and city as JSON: ${text}`,
  isRight: isJson(fields),
}))

const SUMS = [
  { prompt: 'What is 12 + 7?', isRight: endsWith('= 19') },
  { prompt: 'What is 23 + 45?', isRight: endsWith('= 68') },
  { prompt: 'What is 58 - 21?', isRight: endsWith('= 37') },
  { prompt: 'What is 8 + 9?', isRight: endsWith('= 17') },
]

const COPIES = [
  'yellow boat, Porto, candle',
  'Mara, harbour, three drums',
  'a red kite and a blue teapot',
].map((words) => ({ prompt: `Write the same: ${words}`, isRight: is(words) }))

/** What is found by running and not by hoping; `npm run record` says so if none of the prompts shows it. */
export const SOUGHT: readonly SoughtOutcome[] = [
  {
    file: 'ar-wins',
    kind: 'fact',
    title: 'Both right, AR first',
    outcome: 'AR wins',
    among: [...FACTS, ...COPIES],
  },
  {
    file: 'diffusion-fails',
    kind: 'sum',
    title: 'AR right, diffusion wrong',
    outcome: 'Diffusion fails',
    among: [
      ...SUMS,
      ...RECORDS,
      // Many tokens a pass are guessed without seeing each other, which even good models pay for.
      ...[10, 4, 2, 1].flatMap((steps) => RECORDS.map((prompt) => ({ ...prompt, changes: { steps } }))),
    ],
  },
]

/** One prompt of every kind that the model knows, and one that it doesn't. */
export const CHIPS = RECORDED.filter(({ changes }) => !changes).map(({ kind, prompt }) => ({ kind, prompt }))
