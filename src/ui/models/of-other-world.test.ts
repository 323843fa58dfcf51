import { expect, test } from 'vitest'
import { BUNDLED_MODELS } from '../../engines/model/bundled-models.ts'
import type { Comparison } from '../../share/comparison.ts'
import { ofOtherWorld } from './of-other-world.ts'

const shownBy = (name: string) =>
  ({ prompt: 'Describe rain.', lanes: [{ trace: { header: { model: { name } } } }] }) as unknown as Comparison

test('the small world says that a prompt was the open world’s', () => {
  const shown = shownBy(BUNDLED_MODELS.open.name)
  expect(ofOtherWorld('Describe rain. ', shown)).toContain('choose it')
  expect(ofOtherWorld('Describe snow.', shown)).toBeNull()
  expect(ofOtherWorld('Describe rain.', shownBy(BUNDLED_MODELS.small.name))).toBeNull()
  expect(ofOtherWorld('Describe rain.', null)).toBeNull()
})
