import { Button } from 'react-aria-components/Button'
import { useStores } from '../stores-context.ts'

/** Offers to open a link that was pasted as a prompt. */
export function LinkOffer({ link }: { readonly link: string }) {
  const { recipe, opening } = useStores()
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
