import type { Trace } from '../trace/trace.ts'
import { duration } from './clock.ts'
import type { Shown } from './shown.ts'

/** Seconds with the digits that matter. */
export function seconds(ms: number): string {
  const value = ms / 1000
  return `${value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)} s`
}

function passes({ steps }: Trace): string {
  return `${steps.length} forward ${steps.length === 1 ? 'pass' : 'passes'}`
}

/** Which lane was quicker and which needed fewer passes, in one sentence; null until both are done. */
export function verdict(shown: Shown | null): string | null {
  const diffusion = shown?.traces.diffusion
  const autoregressive = shown?.traces.autoregressive
  if (diffusion?.status !== 'done' || autoregressive?.status !== 'done') return null
  // Without times there is nothing to win.
  if (duration(diffusion) === 0 || duration(autoregressive) === 0) return null
  const times = [duration(autoregressive), duration(diffusion)] as const
  const texts = diffusion.header.record !== undefined || autoregressive.header.record !== undefined
  const counts = texts
    ? 'how many forward passes a service takes is not known'
    : `diffusion needed ${passes(diffusion)} against ${autoregressive.steps.length}`
  const [first, second] = [seconds(Math.min(...times)), seconds(Math.max(...times))]
  if (first === second) return `Both took ${first}; ${counts}.`
  const winner = times[0] < times[1] ? 'AR' : 'Diffusion'
  return `${winner} finished first: ${first} against ${second}; ${counts}.`
}
