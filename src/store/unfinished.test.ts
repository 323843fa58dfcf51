import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Trace } from '../trace/trace.ts'
import type { RunState } from './run.ts'
import { noteUnfinished, takeUnfinished } from './unfinished.ts'

function tab() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const shown = (recordedAt: string, status: Trace['status']) =>
  ({
    source: 'live',
    recordedAt,
    traces: { diffusion: { status }, autoregressive: null },
  }) as unknown as NonNullable<RunState['shown']>

test('until its first step a new run is not taken for the one that is still shown', () => {
  const storage = tab()
  const run = createStore(
    () => ({ shown: shown('before', 'done'), activity: { kind: 'idle' } }) as unknown as RunState,
  )
  noteUnfinished(run, () => 'second prompt', storage)
  run.setState({ activity: { kind: 'running', decoder: 'diffusion' } })
  expect(takeUnfinished(storage)).toEqual({ id: '', prompt: 'second prompt' })
  run.setState({ shown: shown('now', 'running') })
  expect(takeUnfinished(storage)).toEqual({ id: 'now', prompt: 'second prompt' })
})

test('a run that ended is not unfinished', () => {
  const storage = tab()
  const run = createStore(() => ({ shown: null, activity: { kind: 'idle' } }) as unknown as RunState)
  noteUnfinished(run, () => 'a prompt', storage)
  run.setState({ activity: { kind: 'running', decoder: 'diffusion' }, shown: shown('now', 'running') })
  run.setState({ activity: { kind: 'idle' }, shown: shown('now', 'done') })
  expect(takeUnfinished(storage)).toBeNull()
})
