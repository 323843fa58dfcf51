import { useId, useState, type FormEvent } from 'react'
import { Button } from 'react-aria-components/Button'
import { useStores } from '../stores-context.ts'

interface Props {
  /** Whether a token was given and is not the right one. */
  readonly refused: boolean
  /** Called when there is another token. */
  readonly onToken: () => void
}

/** Asks for the gateway's access token, which stays in this tab. */
export function TokenForm({ refused, onToken }: Props) {
  const id = useId()
  const { servers } = useStores()
  const [token, setToken] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const { setToken: keep } = await servers()
    keep(token.trim())
    onToken()
  }
  return (
    <form className="field token-form" onSubmit={(event) => void submit(event)}>
      <label htmlFor={id}>Access token of the gateway</label>
      <div className="field-row">
        <input
          id={id}
          type="password"
          autoComplete="off"
          value={token}
          aria-invalid={refused}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setToken(event.target.value)}
        />
        <Button type="submit" className="quiet-button" isDisabled={token.trim() === ''}>
          Use it
        </Button>
      </div>
      <span id={`${id}-hint`} className="field-hint" role="status">
        {refused
          ? 'The gateway does not take this token. Ask whoever runs it.'
          : 'Servers and services are behind it; this tab keeps the token until it is closed. Both lanes can run on this device without it.'}
      </span>
    </form>
  )
}
