import { Button } from 'react-aria-components/Button'
import { useStores } from '../stores-context.ts'

/** Leads through the picture. */
export function TourButton() {
  const { tour } = useStores()
  return (
    <Button
      className="quiet-button tour-button"
      aria-label="What am I seeing?"
      onPress={() => tour.getState().open(true)}
    >
      <span className="tour-button-long">What am I seeing?</span>
      <span className="tour-button-short">?</span>
    </Button>
  )
}
