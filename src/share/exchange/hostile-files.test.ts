import { describe, expect, it } from 'vitest'
import { DRAWABLE } from '../../trace/drawable.ts'
import { importFile } from './import-file.ts'

const POSITIONS = DRAWABLE.positions
const all = (id: number) => Array<number>(POSITIONS).fill(id)

const canvases = (piece: string) =>
  JSON.stringify({ histories: [all(0), all(1)], mask: 0, pieces: { 1: piece } })

const emptyStep = {
  ...{ at: 0, passMs: 0, block: [0, POSITIONS], k: 1, positions: [], ids: [], shares: [], entropy: [] },
  ...{ guesses: [], confidence: [], reasons: [{ rule: 'next' }], commits: [] },
}
const header = {
  ...{ prompt: '', promptIds: [], vocabulary: { size: 9, mask: 0, end: 8, suppressed: [] } },
  model: { name: 'a', revision: '', parameters: 0, precision: '' },
  device: { backend: 'cpu', label: '' },
}
const sampling = { answerLength: POSITIONS, temperature: 0, topK: 1, seed: 1 }

/** A saved comparison, as version 1 of the file writes it. */
const saved = (steps: readonly unknown[], piece: string) =>
  JSON.stringify({
    ...{ version: 1, recordedAt: '2026-01-01T00:00:00.000Z', prompt: '', pieces: { 1: piece } },
    diffusion: {
      header: {
        ...{ ...header, decoder: 'diffusion' },
        settings: {
          ...sampling,
          strategy: 'low-confidence',
          blockLength: POSITIONS,
          steps: 1,
          threshold: 0.9,
          factor: 1,
        },
      },
      ...{ status: 'done', steps },
    },
    autoregressive: {
      ...{ header: { ...header, decoder: 'autoregressive', settings: sampling }, status: 'done', steps: [] },
    },
  })
const everywhere = { ...emptyStep, commits: all(1).map((_, at) => [at, 1, 0, null, at + 1, 0]) }

describe('a small file that would take a browser forever to draw', () => {
  it.each([
    ['canvases of 2,000 letters a token', canvases('a'.repeat(2_000))],
    ['canvases of 10,000 letters a token', canvases('a'.repeat(10_000))],
    ['canvases of 100,000 letters a token', canvases('a'.repeat(100_000))],
    ['canvases of stacked marks', canvases(`a${'\u0301\u0489'.repeat(63)}`)],
    ['a comparison of 10,000 letters a token', saved([everywhere], 'a'.repeat(10_000))],
    ['a comparison of 1,000,000 letters a token', saved([everywhere], 'a'.repeat(1_000_000))],
    [
      'guesses of 10,000 letters',
      saved(
        [
          {
            ...emptyStep,
            positions: [0],
            ids: [1],
            shares: [1],
            entropy: [0],
            guesses: [1],
            confidence: [0],
          },
        ],
        'a'.repeat(200_000),
      ),
    ],
    ['60,000 empty steps', saved(Array(60_000).fill(emptyStep), 'a')],
  ])('is refused with a sentence: %s', (_, text) => {
    const imported = importFile(text)
    expect(imported.ok).toBe(false)
    if (!imported.ok)
      expect(imported.message).toMatch(/^This .* cannot be read.* at most [\d]+ |too long to be drawn/)
  })

  it.each([
    ['canvases', canvases('a'.repeat(DRAWABLE.textBytes / POSITIONS))],
    ['a comparison', saved([everywhere], ' word')],
  ])('opens where it can be drawn: %s', (_, text) => {
    expect(importFile(text)).toMatchObject({ ok: true })
  })
})
