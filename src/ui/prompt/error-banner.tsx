import { Button } from 'react-aria-components/Button'
import { useRun, useStores } from '../stores-context.ts'
import { isAboutPrompt } from './prompt-complaint.ts'

/** A failure in one sentence, and a way on. */
export function ErrorBanner({ retry }: { readonly retry: () => void }) {
  const { run } = useStores()
  const activity = useRun((state) => state.activity)
  if (activity.kind !== 'failed' || isAboutPrompt(activity)) return null
  const { message, detail } = activity.error
  return (
    <div className="banner" role="alert">
      <p>{message}</p>
      {detail !== undefined && (
        <details>
          <summary>Details for a report</summary>
          <pre>{detail}</pre>
        </details>
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
