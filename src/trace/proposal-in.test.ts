import { expect, test } from 'vitest'
import { proposalIn } from './proposal-in.ts'

test.each([
  ['I can’t do that. Ask me to name three colours.', 'Name three colours.'],
  ['I can’t see the future. Ask me which day comes after Friday.', 'Which day comes after Friday?'],
  ['I am a tiny model. Ask me for a story about a fox.', 'Give me a story about a fox.'],
])('%s proposes "%s"', (answer, prompt) => {
  expect(proposalIn(answer)).toBe(prompt)
})

test('an answer that proposes nothing has none', () => {
  expect(proposalIn('The capital of Portugal is Lisbon.')).toBeNull()
  expect(proposalIn('Ask me')).toBeNull()
})
