import type { Comparison, Lane, Source } from '../../share/comparison.ts'
import { duration } from '../../trace/timeline.ts'

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

function isRemote(lanes: readonly Lane[]): boolean {
  return lanes.some(({ trace }) => trace?.header.device.backend === 'remote')
}

/** Where what is shown comes from; lanes that come from several places say it themselves. */
function origin({ lanes, recordedAt }: Comparison): string {
  const day = recordedAt === null ? '' : ` on ${DAY.format(new Date(recordedAt))}`
  const sources = new Set(lanes.map(({ source }) => source))
  const [source] = sources
  if (sources.size !== 1) return `Each lane says where it comes from${day && `; recorded${day}`}`
  return ORIGINS[source!](lanes, day)
}

const ORIGINS: Readonly<Record<Source, (lanes: readonly Lane[], day: string) => string>> = {
  live: (lanes) => `Computed ${inTurn(lanes)}${isRemote(lanes) ? 'where each lane says' : 'on this device'}`,
  recorded: (lanes, day) =>
    lanes.length === 1 ? `One decoder, recorded${day}` : `Recorded one after the other on one device${day}`,
  derived: () => 'Read off the differences of drafts in a file',
  illustrative: () => 'Made up to explain, in a file',
  shared: (lanes, day) =>
    `Computed ${inTurn(lanes)}${isRemote(lanes) ? 'for the sender, as each lane says' : 'on the sender’s device'}${day}`,
}

function inTurn(lanes: readonly Lane[]): string {
  return lanes.length === 1 ? '' : 'one after the other '
}

function replayed({ lanes }: Comparison): string {
  const began = lanes.filter(({ trace }) => trace !== null)
  if (began.every(({ trace }) => duration(trace) === 0)) {
    return ', replayed at an even pace: its times are not known'
  }
  return began.length === 1 ? '' : ', replayed together on their own clocks'
}

/** Where all that is shown comes from, in one sentence. */
export function originSentence(shown: Comparison): string {
  return `${origin(shown)}${replayed(shown)}.`
}
