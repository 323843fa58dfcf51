import { Button } from 'react-aria-components/Button'
import { linkIn } from '../../store/opening/address.ts'
import { useRecipe, useStores } from '../stores-context.ts'

/** Offers to open a link that was pasted as a prompt. */
export function LinkOffer() {
  const { recipe, opening } = useStores()
  const link = useRecipe(({ prompt }) => linkIn(prompt))
  if (link === null) return null
  const open = () => {
    recipe.getState().setPrompt('')
    void opening.getState().open({ kind: 'link', hash: link })
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
