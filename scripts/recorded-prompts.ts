import { OPEN_RECORDED, OPEN_SOUGHT } from './open-world-prompts.ts'
import type { RecordedPrompt, SoughtOutcome } from './recorded.ts'

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

/** What is recorded with the models that ship; the first one plays when the page opens. */
export const RECORDED: readonly RecordedPrompt[] = [
  ...OPEN_RECORDED,
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
    prompt: 'Solve this 4x4 sudoku: 1000/0030/0400/0002',
    isRight: is('1324/4231/2413/3142'),
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
    // At 0.9 this model needs a single pass, which shows no order.
    changes: { strategy: 'threshold', threshold: 0.999 },
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

const LISTS = [
  { prompt: 'Flip the order: robin, eel, moose', isRight: is('moose, eel, robin') },
  {
    prompt: 'List these words by the alphabet: monkey, moose, dingo, jellyfish',
    isRight: is('dingo, jellyfish, monkey, moose'),
  },
  {
    prompt: 'Put these things from the end to the start: ladybird kitten pig moose owl',
    isRight: is('owl, moose, pig, kitten, ladybird'),
  },
  {
    prompt: 'Write down 2 sports, please.',
    isRight: (answer: string) => /^1\. \w+\n2\. \w+$/.test(answer.trim()),
  },
  { prompt: 'Games: can you name me five?', isRight: endsWith('5. tag') },
]

const SUDOKUS = [
  { prompt: 'Solve this 4x4 sudoku: 4200/0000/0000/0041', isRight: is('4213/3124/1432/2341') },
  { prompt: 'Solve this 4x4 sudoku: 3020/0003/0201/0000', isRight: is('3124/2413/4231/1342') },
  { prompt: 'Solve this 4x4 sudoku: 0402/0300/0000/0040', isRight: is('1432/2314/4123/3241') },
]

const COPIES = [
  'yellow boat, Porto, candle',
  'Mara, harbour, three drums',
  'a red kite and a blue teapot',
].map((words) => ({ prompt: `Write the same: ${words}`, isRight: is(words) }))

/** What is found by running and not by hoping; `npm run record` says so if none of the prompts shows it. */
export const SOUGHT: readonly SoughtOutcome[] = [
  ...OPEN_SOUGHT,
  {
    file: 'ar-wins',
    kind: 'fact',
    title: 'Both right, AR first',
    outcome: 'AR wins',
    among: [...FACTS, ...COPIES],
  },
  {
    file: 'diffusion-fails',
    kind: 'list',
    title: 'AR right, diffusion wrong',
    outcome: 'Diffusion fails',
    among: LISTS,
  },
  {
    file: 'ar-fails',
    kind: 'sudoku',
    title: 'Order matters: AR wrong, diffusion right',
    outcome: 'AR fails',
    among: SUDOKUS,
  },
  {
    file: 'diffusion-wins',
    kind: 'json',
    title: 'Both right, diffusion first',
    outcome: 'Diffusion wins',
    among: [
      {
        prompt: 'Make this into JSON with name, age and city: Tovia Brenn is 34 and lives in Porto.',
        changes: { strategy: 'threshold', threshold: 0.9 },
        isRight: isJson({ name: 'Tovia Brenn', age: 34, city: 'Porto' }),
      },
    ],
  },
]

/** One prompt of every kind that the small world knows, and one that it doesn't. */
export const CHIPS = RECORDED.filter(({ changes, model }) => !changes && model === undefined).map(
  ({ kind, prompt }) => ({ kind, prompt }),
)
