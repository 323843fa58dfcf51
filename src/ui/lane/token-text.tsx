import { Fragment } from 'react'
import { textParts } from './blanks.ts'

/**
 * A token's text, always as text; its blanks stay themselves and are made visible by style alone. It is nothing to
 * translate, and another text is another element: what a translator did to the old one goes with it.
 */
export function TokenText({ text }: { readonly text: string }) {
  return (
    <span key={text} translate="no">
      {textParts(text).map(({ text: part, className }, at) =>
        className === null ? (
          <Fragment key={at}>{part}</Fragment>
        ) : (
          <span key={at} className={className}>
            {part}
          </span>
        ),
      )}
    </span>
  )
}
