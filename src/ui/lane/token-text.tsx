import { Fragment } from 'react'
import { shortText } from './short-text.ts'

const BLANKS: Readonly<Record<string, string>> = { ' ': 'space', '\n': 'newline', '\t': 'tab' }

/** A token's text, always as text; its blanks stay themselves and are made visible by style alone. */
export function TokenText({ text }: { readonly text: string }) {
  return shortText(text)
    .split(/([ \n\t])/)
    .map((part, at) => {
      const blank = BLANKS[part]
      if (blank === undefined) return <Fragment key={at}>{part}</Fragment>
      return (
        <span key={at} className={`blank blank-${blank}`}>
          {part}
        </span>
      )
    })
}
