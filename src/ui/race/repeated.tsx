import './results.css'
import { Button } from 'react-aria-components/Button'
import { tallyCsv } from '../../share/results/tally-csv.ts'
import { tallyOf, type Spread } from '../../share/results/tally.ts'
import { fileName, saveFile } from '../save-file.ts'
import { useRepeat } from '../stores-context.ts'

/** What each lane took and gave over all runs of a recipe that was repeated. */
export function Repeated() {
  const { runs, of, going, prompt } = useRepeat((state) => state)
  const tallies = tallyOf(runs)
  return (
    <section className="results" aria-label="Repeated runs">
      <div className="results-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{`${runs.length} of ${of} runs`}</th>
              <th scope="col">Passes</th>
              <th scope="col">Milliseconds</th>
              <th scope="col">First token, ms</th>
              <th scope="col">Equal answers</th>
            </tr>
          </thead>
          <tbody>
            {tallies.map(({ id, name, passes, ms, firstMs, equal }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{words(passes)}</td>
                <td>{words(ms)}</td>
                <td>{words(firstMs)}</td>
                <td>{`${Math.round(100 * equal)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="button-row">
        <p>
          “{prompt}”, each run with the next seed: means ± standard deviation; equal answers are the share of
          runs that gave the commonest one. Every run is in the gallery.
          {!going && runs.length < of && ' It was ended before all had run.'}
        </p>
        <Button
          className="quiet-button"
          onPress={() =>
            saveFile(tallyCsv(tallies, prompt), 'text/csv', fileName(`repeated ${prompt}`, 'csv'))
          }
        >
          CSV of means
        </Button>
      </div>
    </section>
  )
}

function words(spread: Spread | null): string {
  if (spread === null) return '–'
  const { mean, deviation } = spread
  return `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`
}
