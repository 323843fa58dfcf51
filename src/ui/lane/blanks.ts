import { shortText } from './short-text.ts'

/** Blanks that are made visible by style, by their style's name. */
const BLANKS: Readonly<Record<string, string>> = { ' ': 'space', '\n': 'newline', '\t': 'tab' }

/** A part of a token's text: a blank with the class that makes it visible, or what stands between blanks. */
export interface TextPart {
  readonly text: string
  readonly className: string | null
}

/** As much of a token's text as a cell shows, in parts: blanks stay themselves. */
export function textParts(text: string): TextPart[] {
  return shortText(text)
    .split(/([ \n\t])/)
    .filter((part) => part !== '')
    .map((part) => {
      const blank = BLANKS[part]
      return { text: part, className: blank === undefined ? null : `blank blank-${blank}` }
    })
}
