import type { FallbackProps } from 'react-error-boundary'

/** What stands where the page could not be drawn. */
export function BrokenPage({ error }: Pick<FallbackProps, 'error'>) {
  return (
    <main className="broken" role="alert">
      <h1>The page could not be drawn</h1>
      <p>Finished runs that this browser keeps stay in the gallery. Reload the page to go on.</p>
      <p>
        {/* Without the hash: a link that can't be drawn would fail again. */}
        <a className="quiet-button" href={location.pathname}>
          Reload
        </a>
      </p>
      <details>
        <summary>Details for a report</summary>
        <pre>{String(error)}</pre>
      </details>
    </main>
  )
}
