import { expect, it } from 'vitest'
import type { LoadProgress } from '../progress.ts'
import { timeLeft } from './time-left.ts'

it('tells how long a download still takes by the rate of the network, and not of what was stored', () => {
  let clock = 0
  const told: (number | undefined)[] = []
  const tell = timeLeft(
    (progress) => told.push(progress.phase === 'download' ? progress.leftMs : NaN),
    () => clock,
  )
  const at = (ms: number, loadedBytes: number, cached = false) => {
    clock = ms
    tell({ phase: 'download', loadedBytes, totalBytes: 100, cached } satisfies LoadProgress)
  }
  at(0, 40, true)
  at(10, 40)
  at(500, 41)
  at(2010, 60)
  tell({ phase: 'self-check' })
  expect(told).toEqual([undefined, undefined, undefined, 4000, NaN])
})
