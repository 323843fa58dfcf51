import { useState } from 'react'
import measured from '../../../bench/curves.json'
import { Choice } from '../controls/choice.tsx'
import { useRecipe } from '../stores-context.ts'
import { AUTOREGRESSIVE, pointLike, seriesLike, seriesOf, type CurvePoint } from './curve-data.ts'
import { CurvePlot } from './curve-plot.tsx'

const POINTS: readonly CurvePoint[] = measured.points

const NAMES: Readonly<Record<string, string>> = {
  'json-extraction': 'JSON from a sentence',
  'list-order': 'Lists in order',
  'short-lists': 'Short lists',
  outside: 'Outside its world',
}

const nameOf = (kind: string) => NAMES[kind] ?? kind[0]!.toUpperCase() + kind.slice(1)

const KINDS = [...new Set(POINTS.map(({ kind }) => kind))].map((kind) => ({
  value: kind,
  name: nameOf(kind),
}))

const percent = (share: number) => `${Math.round(share * 100)} %`

/** What one more or one fewer pass costs the bundled model: measured, by kind of prompt. */
export function Curves() {
  const settings = useRecipe((state) => state.settings)
  const [kind, setKind] = useState('json-extraction')
  const series = seriesOf(POINTS, kind)
  const chosen = seriesLike(series, settings)
  const near = chosen && pointLike(chosen, settings)
  const sequential = series.find(({ decoder }) => decoder === AUTOREGRESSIVE)?.points[0]
  return (
    <div className="curves">
      <Choice label="Kind of prompt" options={KINDS} value={kind} onChange={setKind} />
      <CurvePlot series={series} chosen={chosen} near={near} />
      <ul className="curve-keys">
        {chosen !== undefined && near !== undefined && (
          <li className="curve-key-chosen">
            {chosen.decoder}, nearest to your settings: {percent(near.right)} right in{' '}
            {near.passes.toFixed(1)} passes
          </li>
        )}
        {sequential !== undefined && (
          <li className="curve-key-sequential">
            autoregressive: {percent(sequential.right)} right in {sequential.passes.toFixed(1)} passes
          </li>
        )}
        <li className="curve-key-other">the other strategies</li>
      </ul>
      <p className="settings-note">
        Measured: {near?.examples ?? sequential?.examples} prompts that the bundled model was not trained on,
        marked by rule. One prompt more or less is{' '}
        {(100 / (near?.examples ?? sequential?.examples ?? 1)).toFixed(1)} %.
      </p>
    </div>
  )
}
