import { expect, test } from 'vitest'
import { publishedLinks } from '../../share/link/published-links.ts'
import { linkIn, wantedBy } from './address-kind.ts'

test.each(['#/recording/story', '#recording%2Fstory', '#recording/sto\u00adry', '#!recording/story'])(
  'a recording is known by its name as programs change it: %s',
  (hash) => {
    expect(wantedBy(hash)).toEqual({ kind: 'recording', name: 'story' })
  },
)

test('a hash is nothing, a recording by its name, or a link to be read', () => {
  expect(wantedBy('')).toEqual({ kind: 'nothing' })
  expect(wantedBy('#')).toEqual({ kind: 'nothing' })
  expect(wantedBy('#recording/story-blocks')).toEqual({ kind: 'recording', name: 'story-blocks' })
  expect(wantedBy('#recording/../../etc')).toEqual({ kind: 'link' })
  expect(wantedBy('#c1.abc')).toEqual({ kind: 'link' })
})

test('a pasted address is known as a link, a prompt is not', () => {
  for (const link of publishedLinks().values()) {
    for (const text of [
      link,
      `#${link}`,
      ` https://example.org/page/?x=1#${link}\n`,
      link.replace('.', '%2E'),
      `${link.slice(0, 70)}\u200b${link.slice(70)}`,
      `${link.slice(0, 70)}\u00a0${link.slice(70)}`,
      `https://example.org/#${link.slice(0, 70)}\n${link.slice(70)}`,
      `https://example.org/#${link.slice(0, 50)}=\r\n> ${link.slice(50, 70)}\r\n> ${link.slice(70)}`,
    ]) {
      expect(linkIn(text)).toBe(`#${link}`)
    }
  }
  for (const prompt of [
    'c1.5 plus 2 is what?\nAnd what is the sum of all of these numbers, one after the other, in words?',
    '',
    'What is c1.5 plus 2?',
    'c1.',
    'Explain #c1.abc',
    'https://example.org/#c1.short',
  ]) {
    expect(linkIn(prompt)).toBeNull()
  }
})
