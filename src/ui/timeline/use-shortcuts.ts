import { useEffect } from 'react'
import { perform, type Command } from '../commands/command.ts'
import { isComposing } from '../is-composing.ts'
import { useStores } from '../stores-context.ts'
import { isTaken } from './taken-keys.ts'

const COMMANDS: Readonly<Record<string, Command | undefined>> = {
  ' ': { do: 'toggle' },
  ArrowLeft: { do: 'step', by: -1 },
  ArrowRight: { do: 'step', by: 1 },
  Home: { do: 'step', by: -Infinity },
  End: { do: 'step', by: Infinity },
}

/** Space plays and pauses, arrows step, Home and End go to the ends: unless the focused element needs the key. */
export function useShortcuts(): void {
  const stores = useStores()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
      if (isComposing(event)) return
      if (event.target instanceof Element && isTaken(event.target, event.key)) return
      const command = COMMANDS[event.key]
      if (command === undefined) return
      event.preventDefault()
      perform(stores, command)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [stores])
}
