import { AUTOREGRESSIVE, type CurvePoint, type Series } from './curve-data.ts'

const WIDTH = 520
const HEIGHT = 210
const LEFT = 50
const RIGHT = 12
const TOP = 10
const BOTTOM = 34
const MOST_PASSES = 64
const PASSES = [1, 2, 4, 8, 16, 32, 64]
const SHARES = [0, 0.25, 0.5, 0.75, 1]

const x = (passes: number) =>
  LEFT +
  (Math.log2(Math.min(Math.max(passes, 1), MOST_PASSES)) / Math.log2(MOST_PASSES)) * (WIDTH - LEFT - RIGHT)
const y = (right: number) => TOP + (1 - right) * (HEIGHT - TOP - BOTTOM)

interface Props {
  readonly series: readonly Series[]
  /** The series that decodes as the settings do, and its point nearest to them. */
  readonly chosen: Series | undefined
  readonly near: CurvePoint | undefined
}

/** Right answers against forward passes: the chosen strategy in its lane's colour, the others in grey. */
export function CurvePlot({ series, chosen, near }: Props) {
  const others = series.filter((one) => one !== chosen && one.decoder !== AUTOREGRESSIVE)
  const sequential = series.find(({ decoder }) => decoder === AUTOREGRESSIVE)?.points[0]
  return (
    <svg className="curve-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {SHARES.map((share) => (
        <g key={share}>
          <path className="curve-rule" d={`M${LEFT} ${y(share)}H${WIDTH - RIGHT}`} />
          <text className="curve-tick" x={LEFT - 6} y={y(share) + 4} textAnchor="end">
            {share * 100}%
          </text>
        </g>
      ))}
      {PASSES.map((passes) => (
        <text key={passes} className="curve-tick" x={x(passes)} y={HEIGHT - BOTTOM + 15} textAnchor="middle">
          {passes}
        </text>
      ))}
      <text className="curve-tick" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 3} textAnchor="middle">
        forward passes for an answer
      </text>
      {others.map((one) => (
        <Line key={one.decoder} series={one} className="curve-other" />
      ))}
      {chosen !== undefined && <Line series={chosen} className="curve-chosen" />}
      {near !== undefined && <circle className="curve-near" cx={x(near.passes)} cy={y(near.right)} r={7} />}
      {sequential !== undefined && (
        <rect
          className="curve-sequential"
          x={x(sequential.passes) - 5}
          y={y(sequential.right) - 5}
          width={10}
          height={10}
        />
      )}
    </svg>
  )
}

function Line({
  series: { decoder, points },
  className,
}: {
  readonly series: Series
  readonly className: string
}) {
  const places = points.map(({ passes, right }) => `${x(passes)},${y(right)}`)
  return (
    <g className={className}>
      <title>{decoder}</title>
      <polyline points={places.join(' ')} />
      {points.map(({ budget, passes, right }) => (
        <circle key={budget} cx={x(passes)} cy={y(right)} r={2.5} />
      ))}
    </g>
  )
}
