import { expect, test } from 'vitest'
import { unreadable } from './unreadable.ts'

test.each([
  ['你好，世界', '你'],
  ['Назови три цвета', 'Н'],
  ['Sort these: 🍎 pear', '🍎'],
  ['Say שלום', 'ש'],
  ['What is 数 in English?', '数'],
])('names the letter that can’t be read in %j', (prompt, letter) => {
  expect(unreadable(prompt)).toContain(`cannot read “${letter}”`)
})

test.each(['', 'Name three fruits.', 'Café déjà vu – naïve “quotes” … 2 + 2 = 4 € ©', '<b>3 < 4</b>\n\t#1'])(
  'says nothing about %j',
  (prompt) => {
    expect(unreadable(prompt)).toBeNull()
  },
)
