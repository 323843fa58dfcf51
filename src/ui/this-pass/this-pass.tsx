import './this-pass.css'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useRun } from '../stores-context.ts'

const Words = lazyPart(async () => (await import('./pass-words.tsx')).PassWords)

/**
 * What the pass at the playhead did, in plain words. It is read when somebody goes there and not told while it plays:
 * listeners have a sentence of their own.
 */
export function ThisPass() {
  const isShown = useRun(({ shown }) => shown !== null)
  return (
    <section className="this-pass" aria-label="This pass">
      {isShown && <Words />}
    </section>
  )
}
