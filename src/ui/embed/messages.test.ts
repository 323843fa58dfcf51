import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandOf } from './messages.ts'

test('the three commands are read', () => {
  expect(commandOf({ type: 'diffuscope:play' })).toEqual({ type: 'diffuscope:play' })
  expect(commandOf({ type: 'diffuscope:pause', more: 1 })).toEqual({ type: 'diffuscope:pause' })
  expect(commandOf({ type: 'diffuscope:step', step: 7 })).toEqual({ type: 'diffuscope:step', step: 7 })
})

test('everything else is no command, and throws nothing', () => {
  expect(commandOf({ type: 'diffuscope:step', step: '7' })).toBeNull()
  expect(commandOf({ type: 'diffuscope:step', step: Infinity })).toBeNull()
  fc.assert(
    fc.property(fc.anything(), (message) => {
      expect(commandOf(message)).toBeNull()
    }),
  )
})
