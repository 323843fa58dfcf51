import * as v from 'valibot'
import type { Comparison } from './comparison.ts'
import { FileError, issueOf } from './file/file-error.ts'
import { readVersion1 } from './file/version-1/read.ts'
import { readVersion2 } from './file/version-2/read.ts'
import { writeVersion2 } from './file/version-2/write.ts'
import { undrawableLane } from './undrawable-lane.ts'

export type Decoded =
  { readonly ok: true; readonly comparison: Comparison } | { readonly ok: false; readonly message: string }

/** Every version that was ever written stays here. */
const READERS: ReadonlyMap<number, (value: unknown) => Comparison> = new Map([
  [1, readVersion1],
  [2, readVersion2],
])

const VersionSchema = v.looseObject({
  version: v.pipe(
    v.number(),
    v.check((version) => READERS.has(version), 'this page reads versions 1 and 2 of the file'),
  ),
})

/**
 * A comparison as a JSON value: compact, so with probabilities to four decimals, and of each row only the
 * first `candidates`.
 */
export function encodeComparison(
  comparison: Comparison,
  { candidates }: { readonly candidates: number },
): unknown {
  return writeVersion2(comparison, candidates)
}

/** Reads what `encodeComparison` wrote, now or ever, or says where and why it cannot be read. Never throws. */
export function decodeComparison(value: unknown): Decoded {
  try {
    const versioned = v.safeParse(VersionSchema, value, { abortEarly: true })
    if (!versioned.success) throw issueOf(versioned.issues[0])
    const comparison = READERS.get(versioned.output.version)!(value)
    const complaint = undrawableLane(comparison)
    if (complaint !== null) throw new FileError('lanes', complaint)
    return { ok: true, comparison }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const message = `This recording cannot be read (${error.path}: ${error.message}). Ask for a new one.`
    return { ok: false, message }
  }
}
