import { useQuery } from '@tanstack/react-query'
import { orderClass } from '../tint/tint.ts'
import { writtenQuery } from '../recordings/recordings.ts'

/** The answer of a recording, tinted by the order in which it was written. */
export function WrittenCard({ file }: { readonly file: string }) {
  const { data } = useQuery(writtenQuery)
  const written = data?.[file]
  if (written === undefined) return null
  return (
    <span className="written" translate="no">
      {written.places.map(([text, pass], position) => (
        <span
          key={position}
          className={`written-place ${pass === 0 ? '' : orderClass(pass, written.passes)}`}
        >
          {text}
        </span>
      ))}
    </span>
  )
}
