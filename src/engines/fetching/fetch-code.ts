import type { EngineError } from '../engine-error.ts'

/** Code of the engine that didn't come: what to say about it. */
export function codeMissing(detail: string): EngineError {
  return navigator.onLine
    ? {
        kind: 'download-failed',
        message:
          'A part of this page that runs the model could not be fetched. Check the connection, then run again.',
        detail,
      }
    : {
        kind: 'offline',
        message:
          'There is no network, and the part of this page that runs the model is not stored on this device yet. Run again when you are online.',
        detail,
      }
}

/** Waits for a dynamic import; throws `codeMissing` where it fails. */
export async function fetchCode<T>(code: Promise<T>): Promise<T> {
  try {
    return await code
  } catch (error) {
    throw codeMissing(String(error))
  }
}
