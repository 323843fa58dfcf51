import { Button } from 'react-aria-components/Button'
import { useStores } from '../stores-context.ts'

/** Shows the page to a class. */
export function PresenterButton() {
  const { presenter } = useStores()
  return (
    <Button className="quiet-button" onPress={() => presenter.getState().setOn(true)}>
      Presenter mode
    </Button>
  )
}
