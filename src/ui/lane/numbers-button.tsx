import { Button } from 'react-aria-components/Button'
import { useStores, useView } from '../stores-context.ts'

/** Shows what is left out of a lane's line of numbers: which model on which device, how its order went, and the rest. */
export function NumbersButton() {
  const { view } = useStores()
  const numbers = useView((state) => state.numbers)
  return (
    <Button
      className="quiet-button"
      aria-pressed={numbers}
      onPress={() => view.getState().setNumbers(!numbers)}
    >
      Numbers
    </Button>
  )
}
