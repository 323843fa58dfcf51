import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openLinked } from '../../store/open-comparison.ts'
import { openRecording } from '../../store/open-recording.ts'
import { prefersReducedMotion } from '../reduced-motion.ts'
import { fetchIndex, recordingQuery } from '../recordings/recordings.ts'
import { useStores } from '../stores-context.ts'
import { wantedBy } from './address-kind.ts'

const NO_CODE = 'The part of this page that reads links could not be fetched. Reload the page to try again.'
const NO_RECORDING = 'There is no recording of that name here. Choose another one in the gallery.'

/**
 * Shows what the hash asks for: at load, when it changes, and on the way back and forward. Opening a link leaves
 * one entry in the history; another one without a hash follows when something else is shown.
 */
export function useAddress(): void {
  const stores = useStores()
  const client = useQueryClient()
  useEffect(() => {
    let newest = 0
    const read = async () => {
      const turn = ++newest
      const isNewest = () => turn === newest
      const { hash } = location
      const wanted = wantedBy(hash)
      const { setReading, tell } = stores.opened.getState()
      // At load without an address, what is awaited is a run that was left; its own code ends the waiting.
      if (turn === 1 && wanted.kind === 'nothing') return
      tell(null)
      setReading(wanted.kind !== 'nothing')
      try {
        if (wanted.kind === 'link') {
          const { readLink } = await import('./read-link.ts')
          if (!isNewest()) return
          const result = readLink(hash)
          if (typeof result === 'string') tell(result)
          else openLinked(stores, result)
        } else if (wanted.kind === 'recording') {
          const comparison = await client.fetchQuery(recordingQuery(`${wanted.name}.json`))
          if (!isNewest()) return
          stores.recipe.getState().setPrompt(comparison.prompt)
          openRecording(stores, comparison, !prefersReducedMotion())
        } else if (stores.opened.getState().opened !== null) {
          // Back from a link: to what the page shows without one.
          const { default: file } = await client.fetchQuery({ queryKey: ['recordings'], queryFn: fetchIndex })
          const comparison = await client.fetchQuery(recordingQuery(file))
          if (isNewest()) openRecording(stores, comparison, !prefersReducedMotion())
        }
      } catch {
        if (isNewest()) tell(wanted.kind === 'recording' ? NO_RECORDING : NO_CODE)
      } finally {
        if (isNewest()) setReading(false)
      }
    }
    // What is shown is no longer what the address names: a reload must not bring that back, but Back may.
    const leave = () => {
      const { opened, reading } = stores.opened.getState()
      if (reading || opened !== null || wantedBy(location.hash).kind === 'nothing') return
      history.pushState(null, '', location.pathname + location.search)
    }
    const unsubscribe = [
      stores.opened.subscribe(({ opened }, before) => {
        if (opened === null && before.opened !== null && wantedBy(location.hash).kind === 'link') leave()
      }),
      stores.run.subscribe(({ shown }) => {
        if (shown?.source === 'live') leave()
      }),
    ]
    const onChange = () => void read()
    onChange()
    addEventListener('hashchange', onChange)
    return () => {
      newest = Infinity
      for (const end of unsubscribe) end()
      removeEventListener('hashchange', onChange)
    }
  }, [stores, client])
}
