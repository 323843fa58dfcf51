import { isEngineError, type EngineError } from '../engine-error.ts'
import { CANCELLED } from '../run.ts'

const MEMORY = /out of memory|bad_alloc|OOM|allocation fail|array buffer alloc|memory access out of bounds/i

/** Whatever was thrown, as data for the page. Ours pass as they are. */
export function toEngineError(thrown: unknown): EngineError {
  if (isEngineError(thrown)) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (error.name === 'AbortError') return CANCELLED
  const detail = error.stack ?? error.message
  if (MEMORY.test(error.message) || (error instanceof RangeError && /alloc|length/i.test(error.message))) {
    return {
      kind: 'out-of-memory',
      message: 'The model does not fit into the memory that is left. Close other tabs and run again.',
      detail,
    }
  }
  return {
    kind: 'unexpected',
    message: 'The engine failed. Run again; if it fails again, reload the page.',
    detail,
  }
}
