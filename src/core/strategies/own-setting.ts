/** A number that some strategies have and others don't: what may be chosen, and what people are told of it. */
export interface OwnSetting {
  readonly label: string
  /** What a value means, in half a line. */
  readonly hint: (value: number, answerLength: number) => string
  /** The values worth offering. */
  readonly range: (answerLength: number) => {
    readonly min: number
    readonly max: number
    readonly step: number
  }
  /** Where nothing else was chosen. */
  readonly start: (answerLength: number) => number
  /** What keeps the value's meaning when the answer's length changes; absent where its meaning does not depend on it. */
  readonly rescaled?: (value: number, from: number, to: number) => number
  readonly isValid: (value: number) => boolean
  /** A sentence for a value that is not valid. */
  readonly complaint: string
}
