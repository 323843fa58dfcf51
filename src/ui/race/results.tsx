import './results.css'
import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Comparison } from '../../share/comparison.ts'
import { COLUMNS, numberIn, sortedBy, type Column } from '../../share/results/columns.ts'
import { resultsCsv } from '../../share/results/results-csv.ts'
import { resultsMarkdown } from '../../share/results/results-markdown.ts'
import { resultsOf, type LaneResult } from '../../share/results/results.ts'
import { accentOf } from '../lane/accent.ts'
import { fileName, saveFile } from '../save-file.ts'

interface Order {
  readonly key: Column['key']
  readonly order: 'ascending' | 'descending'
}

/** What each lane took and gave, in any order. */
export function Results({ shown }: { readonly shown: Comparison }) {
  const results = useMemo(() => resultsOf(shown), [shown])
  const [order, setOrder] = useState<Order | null>(null)
  const [saved, setSaved] = useState('')
  const rows = order === null ? results : sortedBy(results, order.key, order.order)
  const save = (content: string, type: string, ending: string) => {
    const name = fileName(shown.prompt, ending)
    saveFile(content, type, name)
    setSaved(`Saved as ${name}.`)
  }
  const sort = (key: Column['key']) =>
    setOrder((now) => ({
      key,
      order: now?.key === key && now.order === 'ascending' ? 'descending' : 'ascending',
    }))
  const waiting = shown.lanes.length - results.length
  return (
    <section className="results" aria-label="Results">
      <div className="results-table" tabIndex={-1}>
        <table>
          <thead>
            <tr>
              <th scope="col">Lane</th>
              {COLUMNS.map(({ key, name, hint }) => (
                <th key={key} scope="col" aria-sort={order?.key === key ? order.order : 'none'}>
                  <button type="button" title={hint} onClick={() => sort(key)}>
                    {name}
                  </button>
                </th>
              ))}
              <th scope="col">Same text as</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((result) => (
              <Row key={result.id} shown={shown} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="button-row">
        <p>
          {waiting > 0 && `${waiting} ${waiting === 1 ? 'lane has' : 'lanes have'} not ended yet. `}
          Likelihood is a lane’s own, a token: how probable its tokens were on average when it committed them.
        </p>
        <Button className="quiet-button" onPress={() => save(resultsCsv(shown), 'text/csv', 'csv')}>
          Table as CSV
        </Button>
        <Button className="quiet-button" onPress={() => save(resultsMarkdown(shown), 'text/markdown', 'md')}>
          Table as Markdown
        </Button>
      </div>
      <p role="status" className="visually-hidden">
        {saved}
      </p>
    </section>
  )
}

function Row({ shown, result }: { readonly shown: Comparison; readonly result: LaneResult }) {
  const decoder = result.trace.header.decoder
  return (
    <tr data-lane-result={result.id} data-accent={accentOf(shown.lanes, { id: result.id, decoder })}>
      <th scope="row">{result.name}</th>
      {COLUMNS.map((column) => (
        <td key={column.key}>{numberIn(column, result)?.replace('-', '−') ?? '–'}</td>
      ))}
      <td>{result.sameAs ?? '–'}</td>
    </tr>
  )
}
