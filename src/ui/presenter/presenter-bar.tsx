import './presenter.css'
import { useEffect, useLayoutEffect } from 'react'
import { Button } from 'react-aria-components/Button'
import { useStore } from 'zustand'
import { addressOfRecording } from '../../store/opening/address.ts'
import { recordingName } from '../recordings/recordings.ts'
import { useRecordingIndex } from '../recordings/use-recordings.ts'
import { isTaken } from '../timeline/taken-keys.ts'
import { useOpening, useRun, useStores } from '../stores-context.ts'

/** Previous and next prompt, the verdict when it is asked for, and the way out: by button and by key. */
export function PresenterBar() {
  const { presenter, opening } = useStores()
  const isVerdictShown = useStore(presenter, (state) => state.verdict)
  const { data } = useRecordingIndex()
  const address = useOpening((state) => state.address)
  const prompt = useRun(({ shown }) => shown?.prompt)

  const show = (by: number) => {
    const names = data?.entries.map(({ file }) => recordingName(file)) ?? []
    if (names.length === 0) return
    // The page opens with the first one under no name.
    const at = Math.max(
      0,
      names.findIndex((name) => addressOfRecording(name) === address),
    )
    presenter.getState().showVerdict(false)
    void opening.getState().open({ kind: 'recording', name: names.at((at + by) % names.length)! })
  }

  useLayoutEffect(() => {
    const root = document.documentElement
    root.dataset['presenter'] = ''
    // Where it is not allowed, the page is large all the same.
    void root.requestFullscreen?.().catch(() => undefined)
    const onChange = () => {
      if (document.fullscreenElement === null) presenter.getState().setOn(false)
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      delete root.dataset['presenter']
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined)
    }
  }, [presenter])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
      if (event.target instanceof Element && isTaken(event.target, event.key)) return
      const act: Readonly<Record<string, () => void>> = {
        n: () => show(1),
        p: () => show(-1),
        v: () => presenter.getState().showVerdict(!presenter.getState().verdict),
        Escape: () => presenter.getState().setOn(false),
      }
      act[event.key]?.()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })

  return (
    <section className="presenter" aria-label="Presenter">
      <h1 className="presenter-prompt" translate="no">
        {prompt}
      </h1>
      <Button className="quiet-button" onPress={() => show(-1)}>
        Previous prompt
      </Button>
      <Button className="quiet-button" onPress={() => show(1)}>
        Next prompt
      </Button>
      <Button
        className="quiet-button"
        aria-pressed={isVerdictShown}
        onPress={() => presenter.getState().showVerdict(!isVerdictShown)}
      >
        Show the verdict
      </Button>
      <Button className="quiet-button" onPress={() => presenter.getState().setOn(false)}>
        Leave
      </Button>
    </section>
  )
}
