import { expect, test } from 'vitest'
import { fileName } from './save-file.ts'

test('a file is named after the first words of its prompt, whatever is in it', () => {
  expect(fileName('What is 47 + 35?', 'json')).toBe('diffuscope-what-is-47-35.json')
  expect(fileName('../../<img src=x>', 'png')).toBe('diffuscope-img-src-x.png')
  expect(fileName('שלום 👋', 'gif')).toBe('diffuscope-שלום.gif')
  expect(fileName('👋', 'gif')).toBe('diffuscope.gif')
  expect(fileName('x'.repeat(500), 'md').length).toBeLessThan(80)
})
