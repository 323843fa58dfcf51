import type { DiffusionSettings, StrategyName } from '../../core/settings.ts'

/** One way of decoding one kind of prompt; `right` is a share of the answers, passes and tokens are means. */
export interface CurvePoint {
  readonly kind: string
  readonly decoder: string
  /** Tokens a pass of strategies with a quota; otherwise the threshold or the factor. */
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

type Chosen = Pick<
  DiffusionSettings,
  'strategy' | 'answerLength' | 'blockLength' | 'steps' | 'threshold' | 'factor'
>

/** The measured series that decodes as these settings do; the one without blocks where none has their blocks. */
export function seriesLike(series: readonly Series[], { strategy, answerLength, blockLength }: Chosen) {
  const named = (name: string) => series.find(({ decoder }) => decoder === name)
  const blocks = blockLength < answerLength ? named(`${strategy}, blocks of ${blockLength}`) : undefined
  return blocks ?? named(strategy)
}

const SPENDS: Partial<Record<StrategyName, (chosen: Chosen) => number>> = {
  threshold: ({ threshold }) => threshold,
  factor: ({ factor }) => factor,
}

/** The point of a series whose budget is nearest to the one of these settings. */
export function pointLike({ points }: Series, chosen: Chosen): CurvePoint | undefined {
  const spends = SPENDS[chosen.strategy] ?? (({ answerLength, steps }) => answerLength / steps)
  const far = ({ budget }: CurvePoint) => Math.abs(Math.log(budget / spends(chosen)))
  return [...points].sort((a, b) => far(a) - far(b))[0]
}
