import type { DiffusionSettings, AutoregressiveSettings } from '../core/settings.ts'
import { append } from './append.ts'
import { clampStep } from './playhead.ts'
import type { EditChange, Trace, TraceHeader } from './trace.ts'

/** Where a run is left, what is changed there, and how it goes on. */
export interface Fork {
  /** Steps of the other run that it begins with. */
  readonly step: number
  readonly changes: readonly EditChange[]
  /** Those of the other run where they are left out. */
  readonly settings?: DiffusionSettings | AutoregressiveSettings
}

/**
 * The beginning of a run that leaves another at a step: the steps up to there, and what a person changed. Other settings
 * are an edit that changes nothing on the canvas. Pure; with neither it is the other run as it stood there.
 */
export function forkOf(parent: Trace, { step, changes, settings }: Fork): Trace {
  const isSame = settings === undefined || JSON.stringify(settings) === JSON.stringify(parent.header.settings)
  const header = isSame ? parent.header : ({ ...parent.header, settings } as TraceHeader)
  let trace: Trace = {
    // A header of its own: what is known of a run is kept by it.
    header: { ...header },
    steps: parent.steps.slice(0, clampStep(parent, step)),
    status: 'stopped',
  }
  if (!isSame) trace = append(trace, { kind: 'edit', changes: [] })
  if (changes.length > 0) trace = append(trace, { kind: 'edit', changes })
  return { ...trace, status: 'stopped' }
}
