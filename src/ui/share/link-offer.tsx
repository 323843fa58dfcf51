import { Button } from 'react-aria-components/Button'
import { useRecipe, useStores } from '../stores-context.ts'
import { goTo } from './go-to.ts'
import { linkIn } from './address-kind.ts'

/** Offers to open a link that was pasted as a prompt. */
export function LinkOffer() {
  const { recipe } = useStores()
  const link = useRecipe(({ prompt }) => linkIn(prompt))
  if (link === null) return null
  const open = () => {
    recipe.getState().setPrompt('')
    goTo(link)
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
