import { Button } from 'react-aria-components/Button'
import { useOpened, useStores } from '../stores-context.ts'

/** A sentence about a link, a file or the storage, until it was read. */
export function Notice() {
  const { opened } = useStores()
  const notice = useOpened((state) => state.notice)
  if (notice === null) return null
  return (
    <div className="notice" role="alert">
      <p>{notice}</p>
      <Button className="quiet-button" onPress={() => opened.getState().tell(null)}>
        Dismiss
      </Button>
    </div>
  )
}
