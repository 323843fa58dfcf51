/** Every kind of what can go wrong in an engine. */
const KINDS = [
  'cancelled',
  'prompt-empty',
  'prompt-too-long',
  'download-failed',
  'hash-mismatch',
  'offline',
  'device-lost',
  'worker-crashed',
  'out-of-memory',
  'self-check-failed',
  'server-unreachable',
  'server-refused',
  'server-broken',
  'unexpected',
] as const

/**
 * What can go wrong in an engine. Plain data with a literal `kind`: it crosses the worker's wire
 * whole and survives minifiers. `message` is a sentence for the person and says what to do.
 */
export interface EngineError {
  readonly kind: (typeof KINDS)[number]
  readonly message: string
  /** For a report: never shown first. */
  readonly detail?: string
}

const KNOWN: ReadonlySet<unknown> = new Set(KINDS)

/** Whether a caught value is one of ours. */
export function isEngineError(value: unknown): value is EngineError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    KNOWN.has(value.kind) &&
    'message' in value
  )
}
