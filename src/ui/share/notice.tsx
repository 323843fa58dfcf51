import { Button } from 'react-aria-components/Button'
import { useNotices, useStores } from '../stores-context.ts'

/** A sentence about a link, a file or the storage, until it was read. */
export function Notice() {
  const { notices } = useStores()
  const notice = useNotices((state) => state.notice)
  if (notice === null) return null
  return (
    <div className="notice" role="alert">
      <p>{notice}</p>
      <Button className="quiet-button" onPress={() => notices.getState().tell(null)}>
        Dismiss
      </Button>
    </div>
  )
}
