import { useEffect } from 'react'
import type { Stores } from '../../store/stores.ts'
import { useStores } from '../stores-context.ts'
import { commandOf, type Command, type Report } from './messages.ts'

function obey({ playback }: Stores, command: Command): void {
  switch (command.type) {
    case 'diffuscope:play':
      return playback.getState().play()
    case 'diffuscope:pause':
      return playback.getState().pause()
    case 'diffuscope:step':
      playback.getState().pause()
      return playback.getState().goTo(command.step)
  }
}

/** Obeys the page around, and tells it where the playhead stands and how much room is wanted. */
export function useEmbedding(): void {
  const stores = useStores()
  useEffect(() => {
    if (window.parent === window) return
    // Nothing that is told is a secret: any page may embed the player.
    const tell = (report: Report) => window.parent.postMessage(report, '*')
    const tellState = () => {
      const { timeline, at, playing } = stores.playback.getState()
      const lanes = (stores.run.getState().shown?.lanes ?? []).map(({ id }, lane) => ({
        id,
        step: timeline.moments[at]?.steps[lane] ?? 0,
      }))
      tell({ type: 'diffuscope:state', step: at, last: timeline.moments.length - 1, playing, lanes })
    }
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      if (source !== window.parent) return
      const command = commandOf(data)
      if (command !== null) obey(stores, command)
    }
    const observer = new ResizeObserver(() => {
      tell({ type: 'diffuscope:resize', height: document.documentElement.offsetHeight })
    })
    observer.observe(document.documentElement)
    addEventListener('message', onMessage)
    const unsubscribe = [
      stores.playback.subscribe((now, before) => {
        const moved = now.at !== before.at || now.timeline !== before.timeline
        if (moved || now.playing !== before.playing) tellState()
      }),
    ]
    tellState()
    return () => {
      observer.disconnect()
      removeEventListener('message', onMessage)
      unsubscribe.forEach((stop) => stop())
    }
  }, [stores])
}
