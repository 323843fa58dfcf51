import { expect, test } from 'vitest'
import type { Decoder } from '../../trace/trace.ts'
import { accentOf } from './accent.ts'

const lanesOf = (decoders: readonly Decoder[]) =>
  decoders.map((decoder, at) => ({ id: `lane-${at}`, decoder }))

test('no two of six lanes share an accent, however many of them are of one decoder', () => {
  for (let diffusion = 0; diffusion <= 6; diffusion++) {
    const lanes = lanesOf(
      Array.from({ length: 6 }, (_, at) => (at < diffusion ? 'diffusion' : 'autoregressive')),
    )
    expect(new Set(lanes.map((lane) => accentOf(lanes, lane))).size).toBe(6)
  }
})

test('the first lane of each decoder looks the same in every comparison', () => {
  for (const decoders of [
    ['diffusion', 'autoregressive'],
    ['autoregressive', 'diffusion', 'diffusion'],
  ] as const) {
    const lanes = lanesOf(decoders)
    const first = (decoder: Decoder) => lanes.find((lane) => lane.decoder === decoder)!
    expect(accentOf(lanes, first('diffusion'))).toBe(1)
    expect(accentOf(lanes, first('autoregressive'))).toBe(6)
  }
})
