import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import measured from '../../../bench/curves.json'
import { changeSettings } from '../../core/change-settings.ts'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { SettingsChange } from '../../core/settings.ts'
import { pointLike, seriesLike, seriesOf, type CurvePoint } from './curve-data.ts'

const point = (decoder: string, budget: number, passes: number, kind = 'facts'): CurvePoint => ({
  ...{ kind, decoder, budget, passes },
  ...{ examples: 20, right: 0.5, tokens: 10 },
})

const POINTS = [
  point('autoregressive', 1, 10),
  point('low-confidence', 1, 10),
  point('low-confidence', 8, 2),
  point('low-confidence', 2, 5),
  point('threshold', 0.5, 2),
  point('threshold', 0.9, 3),
  point('threshold, blocks of 8', 0.9, 4),
  point('threshold', 0.9, 30, 'stories'),
]
const SERIES = seriesOf(POINTS, 'facts')
const settings = defaultDiffusionSettings(80)

it('is one series a decoder, of one kind, by passes', () => {
  expect(SERIES.map(({ decoder }) => decoder)).toEqual([
    'autoregressive',
    'low-confidence',
    'threshold',
    'threshold, blocks of 8',
  ])
  expect(SERIES[1]!.points.map(({ budget }) => budget)).toEqual([8, 2, 1])
  expect(SERIES[2]!.points).toHaveLength(2)
})

it('finds what was measured nearest to settings', () => {
  const near = (part: SettingsChange) => {
    const chosen = changeSettings(settings, part)
    const like = seriesLike(SERIES, chosen)
    return like && [like.decoder, pointLike(like, chosen)?.budget]
  }
  expect(near({ strategy: 'low-confidence' })).toEqual(['low-confidence', 1])
  expect(near({ strategy: 'low-confidence', steps: 27 })).toEqual(['low-confidence', 2])
  expect(near({ strategy: 'threshold', threshold: 0.82 })).toEqual(['threshold', 0.9])
  expect(near({ strategy: 'threshold', blockLength: 8 })).toEqual(['threshold, blocks of 8', 0.9])
  expect(near({ strategy: 'threshold', blockLength: 32, threshold: 0.5 })).toEqual(['threshold', 0.5])
  expect(near({ strategy: 'margin' })).toBeUndefined()
})

it('draws what was measured with the weights that ship', () => {
  const manifest = JSON.parse(readFileSync('public/models/small/manifest.json', 'utf8'))
  expect(measured.revision).toBe(manifest.revision)
})
