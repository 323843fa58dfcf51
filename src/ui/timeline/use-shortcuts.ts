import { useEffect } from 'react'
import { isComposing } from '../is-composing.ts'
import { useStores } from '../stores-context.ts'
import { isTaken } from './taken-keys.ts'

/** Space plays and pauses, arrows step, Home and End go to the ends: unless the focused element needs the key. */
export function useShortcuts(): void {
  const { playback } = useStores()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
      if (isComposing(event)) return
      if (event.target instanceof Element && isTaken(event.target, event.key)) return
      const { toggle, stepBy } = playback.getState()
      const actions: Record<string, () => void> = {
        ' ': toggle,
        ArrowLeft: () => stepBy(-1),
        ArrowRight: () => stepBy(1),
        Home: () => stepBy(-Infinity),
        End: () => stepBy(Infinity),
      }
      const act = actions[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [playback])
}
