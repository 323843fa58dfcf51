import type { NextToken, PassRequest, SessionFolder, WorkRequest } from './pass.ts'
import { openThread } from './thread.ts'

export interface Sessions {
  /** One pass: packed rows, [batch, window, 2 k + 2]. */
  pass(request: PassRequest): Promise<Float32Array>
  /** The token that follows, read from left to right. */
  next(ids: readonly number[]): Promise<NextToken>
  close(): Promise<void>
}

/** The sessions of a folder with exported graphs, in a thread of their own. */
export function openSessions(source: SessionFolder): Sessions {
  const { ask, close } = openThread<WorkRequest>(
    new URL('./start-session-worker.js', import.meta.url),
    source,
  )
  return { pass: (pass) => ask({ pass }), next: (next) => ask({ next }), close }
}
