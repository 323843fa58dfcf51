import { expect, test } from 'vitest'
import type { EngineError } from '../../engines/engine-error.ts'
import { isAboutPrompt, promptComplaint } from './prompt-complaint.ts'

const failed = (kind: EngineError['kind']) =>
  ({ kind: 'failed', lane: 'diffusion', error: { kind, message: 'Too long.' } }) as const

test('an empty prompt is told once it was asked, until it changes', () => {
  expect(promptComplaint(' ', null, { kind: 'idle' })).toBeNull()
  expect(promptComplaint(' ', ' ', { kind: 'idle' })).toBe('Type a prompt first.')
  expect(promptComplaint('x', ' ', { kind: 'idle' })).toBeNull()
})

test('what the engine says of the prompt stands by the field, other failures do not', () => {
  expect(promptComplaint('x', 'x', failed('prompt-too-long'))).toBe('Too long.')
  expect(promptComplaint('x', 'x', failed('offline'))).toBeNull()
  expect(isAboutPrompt(failed('offline'))).toBe(false)
})
