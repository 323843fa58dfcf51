import { decodingName } from '../../core/decoding-name.ts'
import { ownSettings } from '../../core/own-settings.ts'
import type { DiffusionSettings } from '../../core/settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'

/** One way of decoding one kind of prompt; `right` is a share of the answers, passes and tokens are means. */
export interface CurvePoint {
  readonly kind: string
  readonly decoder: string
  /** As the strategy counts what it spends: tokens a pass, its threshold, its factor. */
  readonly budget: number
  readonly examples: number
  readonly right: number
  readonly passes: number
  readonly tokens: number
}

export const AUTOREGRESSIVE = 'autoregressive'

/** The points of one decoder in the order of their passes. */
export interface Series {
  readonly decoder: string
  readonly points: readonly CurvePoint[]
}

/** One series a decoder, in the order in which the decoders first come. */
export function seriesOf(points: readonly CurvePoint[], kind: string): Series[] {
  const byDecoder = new Map<string, CurvePoint[]>()
  for (const point of points) {
    if (point.kind !== kind) continue
    byDecoder.set(point.decoder, [...(byDecoder.get(point.decoder) ?? []), point])
  }
  return [...byDecoder].map(([decoder, of]) => ({
    decoder,
    points: of.sort((a, b) => a.passes - b.passes),
  }))
}

/** The measured series that decodes as these settings do; the one without blocks where none has their blocks. */
export function seriesLike(
  series: readonly Series[],
  { strategy, answerLength, blockLength }: DiffusionSettings,
): Series | undefined {
  const named = (name: string) => series.find(({ decoder }) => decoder === name)
  const blocks = blockLength < answerLength ? named(decodingName(strategy, blockLength)) : undefined
  return blocks ?? named(decodingName(strategy))
}

/** The point of a series whose budget is nearest to the one of these settings. */
export function pointLike({ points }: Series, settings: DiffusionSettings): CurvePoint | undefined {
  const spent = strategyOf(settings.strategy).budget(ownSettings(settings), settings.answerLength)
  const far = ({ budget }: CurvePoint) => Math.abs(Math.log(budget / spent))
  return [...points].sort((a, b) => far(a) - far(b))[0]
}
