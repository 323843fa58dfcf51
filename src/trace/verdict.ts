import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import { duration } from './timeline.ts'
import type { Trace } from './trace.ts'

/** A lane as the verdict reads it. */
export interface Finisher {
  /** What the sentence calls it at its beginning. */
  readonly name: string
  readonly trace: Trace | null
}

/** Seconds with the digits that matter. */
export function seconds(ms: number): string {
  const value = ms / 1000
  return `${value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)} s`
}

function passesOf(trace: Trace): number {
  return passesAt(trace, trace.steps.length)
}

function counted(count: number): string {
  return `${count} forward ${count === 1 ? 'pass' : 'passes'}`
}

/** Inside a sentence a name of one capital begins small; "AR" stays. */
function inside(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** Which lane was quickest and how many passes each took, in one sentence; null until all are done, or there is one. */
export function verdict(lanes: readonly Finisher[]): string | null {
  const ended = lanes.flatMap(({ name, trace }) =>
    trace?.status === 'done' ? [{ name, trace, ms: duration(trace) }] : [],
  )
  // Without times there is nothing to win.
  if (ended.length < 2 || ended.length < lanes.length || ended.some(({ ms }) => ms === 0)) return null
  const known = ended.every(({ trace }) => !isText(trace.header.knowledge))
  const byTime = ended.toSorted((a, b) => a.ms - b.ms)
  const [first, second] = byTime as [(typeof byTime)[0], (typeof byTime)[0]]
  const tie = seconds(first.ms) === seconds(second.ms)
  if (ended.length > 2) {
    const order = byTime.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(', ')
    return known
      ? `In order of time: ${order}; forward passes: ${ended.map(({ name, trace }) => `${inside(name)} ${passesOf(trace)}`).join(', ')}.`
      : `In order of time: ${order}; how many forward passes a service takes is not known.`
  }
  const [one, other] = ended as [(typeof ended)[0], (typeof ended)[0]]
  const counts = known
    ? `${inside(one.name)} took ${counted(passesOf(one.trace))} against ${passesOf(other.trace)}`
    : 'how many forward passes a service takes is not known'
  return tie
    ? `Both took ${seconds(first.ms)}; ${counts}.`
    : `${first.name} finished first: ${seconds(first.ms)} against ${seconds(second.ms)}; ${counts}.`
}
