import { verdict } from '../store/verdict.ts'
import type { Shown } from '../store/shown.ts'
import { useRun } from './stores-context.ts'

function origin({ source, recordedAt }: Shown): string {
  const day = recordedAt === null ? '' : ` on ${DAY.format(new Date(recordedAt))}`
  switch (source) {
    case 'live':
      return 'Computed one after the other on this device'
    case 'recorded':
      return `Recorded one after the other on one device${day}`
    case 'shared':
      return `Computed one after the other on the sender’s device${day}`
  }
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

export function VerdictLine() {
  const shown = useRun((state) => state.shown)
  return (
    <div className="verdict">
      <p className="verdict-sentence">{verdict(shown) ?? '\u00a0'}</p>
      <p className="verdict-rule">
        {shown ? `${origin(shown)}, replayed together on their own clocks.` : '\u00a0'}
      </p>
    </div>
  )
}
