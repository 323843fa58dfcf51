import { duration } from '../store/clock.ts'
import { verdict } from '../store/verdict.ts'
import type { Shown } from '../store/shown.ts'
import { useRun } from './stores-context.ts'

function origin({ source, recordedAt, traces }: Shown): string {
  const day = recordedAt === null ? '' : ` on ${DAY.format(new Date(recordedAt))}`
  switch (source) {
    case 'live':
      return `Computed one after the other ${placesOf(traces)}`
    case 'recorded':
      if (traces.autoregressive === null) return `One decoder, recorded${day}`
      return `Recorded one after the other on one device${day}`
    case 'derived':
      return 'Read off the differences of drafts in a file'
    case 'illustrative':
      return 'Made up to explain, in a file'
    case 'shared':
      return `Computed one after the other ${isRemote(traces) ? 'for the sender, as each lane says' : 'on the sender’s device'}${day}`
  }
}

function isRemote(traces: Shown['traces']): boolean {
  return Object.values(traces).some((trace) => trace?.header.device.backend === 'remote')
}

function placesOf(traces: Shown['traces']): string {
  return isRemote(traces) ? 'where each lane says' : 'on this device'
}

function replayed({ traces: { diffusion, autoregressive } }: Shown): string {
  if (duration(diffusion) === 0) return ', replayed at an even pace: its times are not known'
  return autoregressive === null ? '' : ', replayed together on their own clocks'
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

export function VerdictLine() {
  const shown = useRun((state) => state.shown)
  return (
    <div className="verdict">
      <p className="verdict-sentence">{verdict(shown) ?? '\u00a0'}</p>
      <p className="verdict-rule">{shown ? `${origin(shown)}${replayed(shown)}.` : '\u00a0'}</p>
    </div>
  )
}
