import './prompt.css'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from 'react-aria-components/Button'
import { isBusy } from '../../store/activity.ts'
import { linkIn } from '../../store/opening/address.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { gapsIn } from '../../trace/gaps.ts'
import { ModelChoice } from '../models/model-choice.tsx'
import { lazyPart } from '../controls/lazy-part.tsx'
import { RaceButton } from '../race/race-button.tsx'
import { SettingsButton } from '../settings/settings-button.tsx'
import { isComposing } from '../is-composing.ts'
import { useRecipe, useRun, useStores } from '../stores-context.ts'
import { ErrorBanner } from './error-banner.tsx'
import { promptComplaint } from './prompt-complaint.ts'
import { PromptChips } from './prompt-chips.tsx'
import { RunStatus } from './run-status.tsx'
import { unreadable } from './unreadable.ts'

const GapBar = lazyPart(async () => (await import('./gap-bar.tsx')).GapBar)
const LinkOffer = lazyPart(async () => (await import('../share/link-offer.tsx')).LinkOffer)

/** What to ask, and how the run goes. */
export function PromptForm() {
  const { recipe, run } = useStores()
  const prompt = useRecipe((state) => state.prompt)
  const link = linkIn(prompt)
  const activity = useRun((state) => state.activity)
  const [asked, setAsked] = useState<string | null>(null)
  const complaint = promptComplaint(prompt, asked, activity)
  const isTaught = useRecipe(({ places, laneModels, model }) =>
    FRESH_LANES.some(({ id }) => places[id] === undefined && (laneModels[id] ?? model) === 'small'),
  )
  const hint = isTaught ? unreadable(prompt) : null
  const [selection, setSelection] = useState<readonly [number, number]>([0, 0])
  const field = useRef<HTMLTextAreaElement>(null)
  const typed = useRef(prompt)

  // What is filled in while somebody is about to type is replaced by the first letter, not continued.
  useLayoutEffect(() => {
    if (document.activeElement === field.current && prompt !== typed.current) field.current?.select()
  }, [prompt])

  // React's own event misses selections that are made by touch or by a script.
  useEffect(() => {
    const follow = () => {
      const { current } = field
      if (current !== null && document.activeElement === current) {
        setSelection([current.selectionStart, current.selectionEnd])
      }
    }
    document.addEventListener('selectionchange', follow)
    return () => document.removeEventListener('selectionchange', follow)
  }, [])

  const start = () => {
    setAsked(prompt)
    if (prompt.trim() !== '') void run.getState().start(recipe.getState())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return
    event.preventDefault()
    start()
  }
  return (
    <section className="prompt" aria-label="Ask both models">
      <div className="prompt-row">
        <label className="prompt-field">
          <span className="visually-hidden">Prompt</span>
          <textarea
            ref={field}
            rows={1}
            value={prompt}
            placeholder="Ask for a story, a sum, a sorted list…"
            spellCheck={false}
            aria-invalid={complaint !== null}
            aria-describedby="prompt-complaint"
            onChange={(event) => {
              typed.current = event.target.value
              recipe.getState().setPrompt(event.target.value)
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        {isBusy(activity) ? (
          <Button className="run-button" data-kind="stop" onPress={() => run.getState().stop()}>
            Stop
          </Button>
        ) : (
          <Button className="run-button" onPress={start}>
            Run
          </Button>
        )}
        <RaceButton />
        <SettingsButton />
      </div>
      <ModelChoice />
      <p id="prompt-complaint" className="prompt-complaint" aria-live="polite">
        {complaint ?? hint}
      </p>
      {link !== null && <LinkOffer link={link} />}
      {(gapsIn(prompt) !== null || isPart(selection, prompt)) && (
        <GapBar prompt={prompt} selection={selection} />
      )}
      <div className="prompt-below">
        <PromptChips />
        <RunStatus />
      </div>
      <ErrorBanner retry={start} />
    </section>
  )
}

/** Whether some of a text is chosen, and not all of it, as it is when it is about to be typed over. */
function isPart([start, end]: readonly [number, number], { length }: string): boolean {
  return start < end && end - start < length
}
