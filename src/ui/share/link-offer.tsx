import { Button } from 'react-aria-components/Button'
import { useRecipe, useStores } from '../stores-context.ts'
import { linkIn } from './address-kind.ts'

/** Offers to open a link that was pasted as a prompt. */
export function LinkOffer() {
  const { recipe } = useStores()
  const link = useRecipe(({ prompt }) => linkIn(prompt))
  if (link === null) return null
  const open = () => {
    recipe.getState().setPrompt('')
    // As if it had been typed into the address bar: back leads here again.
    if (location.hash === link) dispatchEvent(new HashChangeEvent('hashchange'))
    else location.hash = link
  }
  return (
    <div className="notice">
      <p>This is a link to a comparison.</p>
      <Button className="quiet-button" onPress={open}>
        Open it
      </Button>
    </div>
  )
}
