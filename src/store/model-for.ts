import type { ModelId } from '../engines/model/bundled-models.ts'

/** What a pass of the open world took on this device, the last time that it ran here. */
export interface OpenPass {
  /** Mean milliseconds. */
  readonly ms: number
  /** In words. */
  readonly device: string
}

/** A longer run is nobody's first choice. */
const LONGEST_MS = 30_000

/** Which model Run takes where nobody has chosen: the open world only where it was timed and is quick enough. */
export function modelFor(pass: OpenPass | null, passes: number): ModelId {
  return pass !== null && pass.ms * passes <= LONGEST_MS ? 'open' : 'small'
}
