import { expect, it } from 'vitest'
import { complaintIn, failureIn } from './complaint.ts'

it.each([
  [{ error: 'out of memory' }, 'out of memory'],
  [{ error: { message: 'out  of\nmemory', type: null } }, 'out of memory'],
  [{ object: 'error', message: 'out of memory', code: 500 }, 'out of memory'],
  [{ type: 'error', error: { type: 'overloaded_error', message: 'out of memory' } }, 'out of memory'],
  [{ error: { code: 500 } }, 'error 500'],
  [{ code: 10013, msg: 'out of memory' }, 'out of memory'],
  [{ error: 'invalid_request', error_description: 'out of memory' }, 'out of memory'],
  [{ timestamp: 1, status: 500, error: 'Internal Server Error', path: '/v1' }, 'Internal Server Error'],
  [{ success: false, errors: [{ code: 1000, message: 'out of memory' }] }, 'out of memory'],
  [[{ error: { code: 500, message: 'out of memory', status: 'INTERNAL' } }], 'out of memory'],
  [{ detail: 'Not Found' }, 'Not Found'],
  [
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    'seed: Extra inputs are not permitted',
  ],
  [
    {
      detail: [
        { loc: ['body', 'seed'], msg: 'no' },
        { loc: ['body', 'messages', 0, 'name'], msg: 'nor this' },
      ],
    },
    'seed: no; messages.0.name: nor this',
  ],
  [{ detail: { error: { message: 'out of memory' } } }, 'out of memory'],
  [{ error: null, detail: null, message: null }, null],
  [{}, null],
  [null, null],
  [7, null],
  ['', null],
])('finds the words in %j', (value, words) => {
  expect(complaintIn(value)).toBe(words)
})

it('cuts long words, and looks no deeper than errors are nested', () => {
  expect(complaintIn({ error: 'x'.repeat(999) })).toHaveLength(300)
  let deep: unknown = 'far down'
  for (let level = 0; level < 50_000; level++) deep = [deep]
  expect(complaintIn(deep)).toBeNull()
})

it.each([
  [{ object: 'error', message: 'out of memory' }, false, 'out of memory'],
  [{ error: { code: 500 } }, true, 'error 500'],
  [{ error: true, choices: [] }, true, 'no reason is given'],
  [{ message: 'out of memory', code: 500 }, false, 'out of memory'],
  [{ status: 503 }, false, 'error 503'],
  [{ detail: 'out of memory' }, false, 'out of memory'],
  [{ type: 'error' }, false, 'no reason is given'],
  [{ error: null }, false, null],
  [{ error: {} }, false, null],
  [{ error: '' }, false, null],
  [{ message: { role: 'assistant', content: 'Hi' } }, false, null],
  [{ type: 'ping' }, false, null],
  [{ message: 'beside an answer' }, true, null],
  [{ usage: { total_tokens: 500 } }, false, null],
  [{ code: 0, success: true }, false, null],
])('tells a failure from what is none: %j', (value, isAnswer, words) => {
  expect(failureIn(value, isAnswer)).toBe(words)
})
