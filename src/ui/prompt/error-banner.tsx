import { Button } from 'react-aria-components/Button'
import { useRun, useStores } from '../stores-context.ts'
import { isAboutPrompt } from './prompt-complaint.ts'

/** A failure in one sentence, and a way on. */
export function ErrorBanner({ retry }: { readonly retry: () => void }) {
  const { run } = useStores()
  const activity = useRun((state) => state.activity)
  const unfinished = useRun((state) => state.unfinished)
  if (activity.kind !== 'failed' || isAboutPrompt(activity)) return null
  const { message, detail, kind } = activity.error
  const isGone = kind === 'server-unreachable'
  return (
    <div className="banner" role="alert">
      <p>{message}</p>
      {detail !== undefined && (
        <details>
          <summary>Details for a report</summary>
          <pre>{detail}</pre>
        </details>
      )}
      {unfinished !== null && kind !== 'server-refused' && (
        <Button className="quiet-button" onPress={() => void run.getState().goOn({ wait: isGone })}>
          {isGone ? 'Go on here when it is back' : 'Go on'}
        </Button>
      )}
      <Button className="quiet-button" onPress={retry}>
        Try again
      </Button>
      <Button className="quiet-button" onPress={() => run.getState().dismiss()}>
        Dismiss
      </Button>
    </div>
  )
}
