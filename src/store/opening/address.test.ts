import { expect, test } from 'vitest'
import { publishedLinks } from '../../share/testing/published-links.ts'
import { addressOfRecording, addressOfRun, linkIn, openingOf } from './address.ts'

test('a hash is nothing, a recording by its name, what this browser keeps, or a link to be read', () => {
  expect(openingOf('')).toEqual({ kind: 'default' })
  expect(openingOf('#')).toEqual({ kind: 'default' })
  expect(openingOf(addressOfRecording('story-blocks'))).toEqual({ kind: 'recording', name: 'story-blocks' })
  const id = 'file-2026-01-01T00:00:00.000Z'
  expect(openingOf(addressOfRun(id))).toEqual({ kind: 'own', id })
  for (const hash of ['#recording/../../etc', '#run/<b>', '#c1.abc']) {
    expect(openingOf(hash)).toEqual({ kind: 'link', hash })
  }
})

test('a pasted address is known as a link, a prompt is not', () => {
  for (const link of publishedLinks().values()) {
    for (const text of [
      link,
      `#${link}`,
      ` https://example.org/page/?x=1#${link}\n`,
      link.replace('.', '%2E'),
    ]) {
      expect(linkIn(text)).toBe(`#${link}`)
    }
  }
  for (const prompt of [
    '',
    'What is c1.5 plus 2?',
    'c1.',
    'Explain #c1.abc',
    'https://example.org/#c1.short',
  ]) {
    expect(linkIn(prompt)).toBeNull()
  }
})
