import { useQuery } from '@tanstack/react-query'
import { writtenQuery } from '../recordings/recordings.ts'

/** The answer of a recording, tinted by the order in which it was written. */
export function WrittenCard({ file }: { readonly file: string }) {
  const { data } = useQuery(writtenQuery)
  const places = data?.[file]
  if (places === undefined) return null
  return (
    <span className="written" translate="no">
      {places.map(([text, tint], position) => (
        <span key={position} className={`written-place ${tint}`}>
          {text}
        </span>
      ))}
    </span>
  )
}
