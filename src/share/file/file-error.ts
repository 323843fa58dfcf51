import * as v from 'valibot'

/** Thrown inside a reader of files; `decodeComparison` turns it into a sentence. */
export class FileError extends Error {
  /** @param path where in the file, for example `lanes.0.run.steps.3.at` */
  constructor(
    readonly path: string,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** What a schema found, at its path. */
export function issueOf(issue: v.BaseIssue<unknown>): FileError {
  return new FileError(v.getDotPath(issue) ?? 'the file', issue.message)
}
