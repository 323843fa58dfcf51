import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import type { Comparison } from '../src/share/comparison.ts'
import { encodeLink } from '../src/share/link/encode-link.ts'
import { toShared } from '../src/share/link/to-shared.ts'
import { WHOLE } from '../src/trace/knowledge.ts'
import { stepOfChanges } from '../src/trace/step-of-changes.ts'
import type { Trace, TraceStep } from '../src/trace/trace.ts'

/** How large a run is to be. */
export interface Shape {
  readonly positions: number
  readonly steps: number
  /** Text of the token at a position. */
  readonly piece: (position: number) => string
  /** How often each position is written; once if left out. */
  readonly rewrites?: number
}

/** A comparison of one diffusion lane of this shape. */
export function hugeRun({ positions, steps, piece, rewrites = 1 }: Shape): Comparison {
  const texts = Array.from({ length: positions }, (_, at) => piece(at))
  const ids = new Map([...new Set(texts)].map((text, at) => [text, 3 + at]))
  const bytes = new Map([...ids].map(([text, id]) => [id, new TextEncoder().encode(text)]))
  const canvas = Array<number>(positions).fill(0)
  const all = Array.from({ length: positions * rewrites }, (_, at) => at % positions)
  const each = Math.ceil(all.length / steps)
  const made = Array.from({ length: steps }, (_, at): TraceStep => {
    const changes = all
      .slice(at * each, (at + 1) * each)
      .map((position) => ({ position, id: ids.get(texts[position]!)!, probability: 0.5 }))
    const step = { ...stepOfChanges(at + 1, changes, canvas, 0), at: (at + 1) * 10, passMs: 10 }
    for (const { position, id } of changes) canvas[position] = id
    return step
  })
  const trace: Trace = {
    header: {
      ...{ prompt: 'Huge', promptIds: [], knowledge: WHOLE },
      model: { name: 'Huge', revision: '', parameters: 0, precision: '' },
      device: { backend: 'cpu', label: 'none' },
      vocabulary: { size: 3 + ids.size, mask: 0, end: 1, suppressed: [0] },
      decoder: 'diffusion',
      settings: { ...defaultDiffusionSettings(positions), steps: Math.min(positions, steps) },
    },
    ...{ steps: made, status: 'done' },
  }
  const pieces = (id: number) => bytes.get(id) ?? new Uint8Array()
  const lane = { id: 'huge', name: 'Huge', decoder: 'diffusion', trace, pieces, source: 'recorded' } as const
  return { prompt: 'Huge', lanes: [lane], leader: 'huge', recordedAt: '2026-01-01T00:00:00.000Z' }
}

export function savedFile(comparison: Comparison): string {
  return JSON.stringify(encodeComparison(comparison, { candidates: 1 }))
}

export function hugeLink(comparison: Comparison): string {
  return encodeLink(toShared(comparison, { clock: 'passes', steps: [1] }))
}
