import './tour.css'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { useStore } from 'zustand'
import { perform } from '../commands/command.ts'
import { prefersReducedMotion } from '../reduced-motion.ts'
import { useRun, useStores } from '../stores-context.ts'
import { STOPS } from './stops.ts'

/** What is narrower shows the caption over the lanes, which are brought under it. */
const NARROW = '(max-width: 720px)'

/** Five captions at the running picture, which they drive. It takes no focus until somebody asks for it. */
export function Tour() {
  const stores = useStores()
  const { tour } = stores
  const at = useStore(tour, (state) => state.at) ?? 0
  const drives = useStore(tour, (state) => state.drives)
  const isShown = useRun(({ shown }) => shown !== null)
  const region = useRef<HTMLElement>(null)
  const { title, words, commands } = STOPS[at]!

  useEffect(() => {
    // Where nothing moves by itself the first caption would stand beside a finished answer.
    if (!(drives || prefersReducedMotion()) || !isShown) return
    for (const command of commands) perform(stores, command)
    if (matchMedia(NARROW).matches) document.querySelector('.lanes')?.scrollIntoView({ block: 'start' })
  }, [stores, commands, drives, isShown])
  useLayoutEffect(() => {
    if (drives) region.current?.focus({ preventScroll: true })
  }, [drives])
  useEffect(() => {
    const onKeyDown = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) tour.getState().close()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [tour])

  const isLast = at === STOPS.length - 1
  return (
    <section ref={region} className="tour" aria-label="Tour" tabIndex={-1}>
      <div aria-live="polite">
        <p className="tour-count">{`${at + 1} of ${STOPS.length}`}</p>
        <h2 className="tour-title">{title}</h2>
        <p className="tour-words">{words}</p>
      </div>
      <div className="tour-buttons">
        <Button className="quiet-button" isDisabled={at === 0} onPress={() => tour.getState().goTo(at - 1)}>
          Back
        </Button>
        <Button
          className="quiet-button tour-next"
          onPress={() => (isLast ? tour.getState().close() : tour.getState().goTo(at + 1))}
        >
          {isLast ? 'Done' : 'Next'}
        </Button>
        {isLast && (
          <a className="tour-more" href="./learn.html">
            Read the whole story
          </a>
        )}
        <Button className="quiet-button tour-skip" onPress={() => tour.getState().close()}>
          Skip
        </Button>
      </div>
    </section>
  )
}
