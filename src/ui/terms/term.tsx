import './term.css'
import type { ReactNode } from 'react'
import type { TermId } from './terms.ts'

interface Props {
  readonly id: TermId
  readonly children: ReactNode
}

/** A word whose meaning opens by hover, focus and tap. In a line of text, so it breaks and is cut like text. */
export function TermWord({ id, children }: Props) {
  return (
    <span className="term" role="button" tabIndex={0} data-term={id}>
      {children}
    </span>
  )
}
