import type { RecordedPrompt, SoughtOutcome } from './recorded.ts'

const shared = { kind: 'open world', model: 'open' } as const
const TIP = 'Give me a tip for better sleep.'
const RAIN = 'Describe a rainy day in London.'
const MARIA = 'Turn this into JSON: Maria Lopez is 34 years old and lives in Madrid.'
const FOX = 'Write a short story about a fox and a lantern.'

/** What the open world is recorded with; the first one plays when the page opens. */
export const OPEN_RECORDED: readonly RecordedPrompt[] = [
  { ...shared, file: 'open-rain', title: 'The surest word first', prompt: RAIN },
  {
    ...shared,
    file: 'open-two',
    title: 'Two tokens a pass: "a day day"',
    prompt: RAIN,
    changes: { steps: 24 },
  },
  {
    ...shared,
    file: 'open-four',
    title: 'Four tokens a pass: it falls to pieces',
    prompt: RAIN,
    changes: { steps: 12 },
  },
  {
    ...shared,
    file: 'open-json',
    title: 'A threshold that pays: JSON in a few passes',
    prompt: MARIA,
    changes: { strategy: 'threshold', threshold: 0.9 },
  },
  {
    ...shared,
    file: 'open-hasty',
    title: 'A lower threshold: one digit too many',
    prompt: MARIA,
    changes: { strategy: 'threshold', threshold: 0.7 },
  },
  { ...shared, file: 'open-tip', title: 'It goes nearly from left to right by itself', prompt: TIP },
  {
    ...shared,
    file: 'open-blocks',
    title: 'In blocks of 8: almost a typewriter, and a loop',
    prompt: TIP,
    changes: { blockLength: 8 },
  },
  {
    ...shared,
    file: 'open-random',
    title: 'Anywhere, in random order',
    prompt: TIP,
    changes: { strategy: 'random' },
  },
  {
    ...shared,
    file: 'open-greedy',
    title: 'Temperature 0: the likeliest word, every time',
    prompt: FOX,
    changes: { temperature: 0 },
  },
  { ...shared, file: 'open-story', title: 'The same at temperature 0.3', prompt: FOX },
  {
    ...shared,
    file: 'open-warm',
    title: 'The same at temperature 0.7',
    prompt: FOX,
    changes: { temperature: 0.7 },
  },
]

const says = (pattern: RegExp) => (answer: string) => pattern.test(answer)
const short = { answerLength: 32 }

/** Questions whose answers a rule can judge by their first words. */
const QUESTIONS = [
  { prompt: 'Is a tomato a fruit?', isRight: says(/^(yes|a tomato is a (type of )?fruit|tomatoes are)/i) },
  { prompt: 'Is a whale a fish?', isRight: says(/^(no\b|a whale is not|a whale is a (marine )?mammal)/i) },
  { prompt: 'How many legs does a spider have?', isRight: says(/\b(8|eight)\b/i) },
  { prompt: 'How many days are in a week?', isRight: says(/\b(7|seven)\b/i) },
  { prompt: 'What is the capital of Portugal?', isRight: says(/Lisbon/) },
  { prompt: 'What is the capital of Spain?', isRight: says(/Madrid/) },
  { prompt: 'What is the capital of Canada?', isRight: says(/Ottawa/) },
  { prompt: 'What is the capital of Egypt?', isRight: says(/Cairo/) },
  { prompt: 'What colour is a banana?', isRight: says(/yellow/i) },
  { prompt: 'What is the largest ocean?', isRight: says(/Pacific/) },
  { prompt: 'What is the opposite of hot?', isRight: says(/\bcold\b/i) },
  { prompt: 'Who wrote Romeo and Juliet?', isRight: says(/Shakespeare/) },
  { prompt: 'What is the boiling point of water?', isRight: says(/\b(100|212)\b/) },
  { prompt: 'Is the sun a star?', isRight: says(/^(yes|the sun is a (type of )?star)/i) },
  { prompt: 'Is ice colder than steam?', isRight: says(/^(yes|ice is colder)/i) },
  { prompt: 'Can penguins fly?', isRight: says(/^(no\b|penguins (can't|cannot|are not|are flightless))/i) },
].map((question) => ({ ...question, changes: short }))

/** Found by running. */
export const OPEN_SOUGHT: readonly SoughtOutcome[] = [
  {
    ...shared,
    file: 'open-diffusion-fails',
    title: 'AR right, diffusion wrong',
    outcome: 'Diffusion fails',
    among: QUESTIONS,
  },
  {
    ...shared,
    file: 'open-ar-fails',
    title: 'AR wrong, diffusion right',
    outcome: 'AR fails',
    among: QUESTIONS,
  },
  {
    ...shared,
    file: 'open-both-fail',
    title: 'Fluent, and wrong by both',
    outcome: 'Both fail',
    among: QUESTIONS,
  },
]
