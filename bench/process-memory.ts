import { readFileSync } from 'node:fs'

/** What a process holds, in bytes. */
export interface ProcessMemory {
  /** Resident pages; those of files and those that other processes share counted whole. */
  readonly resident: number
  /** Resident pages; those that others share counted in parts. */
  readonly proportional: number
  /** Written pages of this process alone: what it would give back if it ended. */
  readonly own: number
}

/** Reads `/proc/ID/smaps_rollup`, so on Linux only. */
export function memoryOf(id: number): ProcessMemory {
  const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? NaN) * 1024
  return { resident: bytes('Rss'), proportional: bytes('Pss'), own: bytes('Private_Dirty') }
}
