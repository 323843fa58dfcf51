import './verdict.css'
import { lazyPart } from '../controls/lazy-part.tsx'
import { isBusy } from '../../store/activity.ts'
import { useStore } from 'zustand'
import { useRun, useStores } from '../stores-context.ts'
import { originSentence } from './origin-sentence.ts'
import { useIsOver } from './use-is-over.ts'

const Facts = lazyPart(async () => (await import('./verdict-facts.tsx')).VerdictFactsList)

/**
 * Who was first, whether the answers are the same and right, what was asked of each: once the lanes are done where the
 * playhead stands. Before, its room is kept where it is known.
 */
export function Verdict() {
  const shown = useRun((state) => state.shown)
  const isOver = useIsOver()
  const isBusyNow = useRun(({ activity }) => isBusy(activity))
  const isHeldBack = useStore(useStores().presenter, ({ on, verdict }) => on && !verdict)
  const isDone = shown?.lanes.every(({ trace }) => trace?.status === 'done') ?? false
  return (
    <div className="result-words">
      {shown !== null && isDone && (
        <section
          className="verdict"
          aria-label="Verdict"
          data-over={(isOver && !isBusyNow && !isHeldBack) || undefined}
        >
          <Facts shown={shown} />
        </section>
      )}
      <p className="verdict-rule">{shown ? originSentence(shown) : '\u00a0'}</p>
    </div>
  )
}
