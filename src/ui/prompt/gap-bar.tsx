import './gap-bar.css'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { gapsIn, withGapAt, withHole } from '../../trace/gaps.ts'
import { useRecipe, useRun, useStores } from '../stores-context.ts'
import { GAP_PRESETS } from './gap-presets.ts'

/** Sizes that a hole is dragged to. */
const LARGEST = 16
/** After the last change a text that is shown runs anew. */
const PAUSE_MS = 700

interface Props {
  readonly prompt: string
  /** What is chosen in the text's field, as [start, end). */
  readonly selection: readonly [number, number]
}

/** A text with gaps: how large each is, and how to make one of a word that is chosen. */
export function GapBar({ prompt, selection: [start, end] }: Props) {
  const { recipe, run } = useStores()
  const model = useRecipe((state) => state.model)
  const isShown = useRun(
    ({ shown }) =>
      shown?.lanes.some(({ source, trace }) => source === 'live' && trace?.header.canvas) ?? false,
  )
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const holes = (gapsIn(prompt) ?? []).flatMap((part) => ('hole' in part ? [part.hole] : []))
  const size = (nth: number, tokens: number) => {
    recipe.getState().setPrompt(withHole(prompt, nth, tokens))
    clearTimeout(timer.current)
    if (isShown) timer.current = setTimeout(() => void run.getState().start(recipe.getState()), PAUSE_MS)
  }
  return (
    <div className="gap-bar" role="group" aria-label="Gaps">
      {start < end && end - start < prompt.length && (
        <Button
          className="quiet-button"
          onPress={() => recipe.getState().setPrompt(withGapAt(prompt, start, end))}
        >
          Make a gap
        </Button>
      )}
      {holes.map((tokens, nth) => (
        <label key={nth} className="gap-size">
          {`Gap ${nth + 1}`}
          <input
            type="range"
            min={1}
            max={Math.max(LARGEST, tokens)}
            value={tokens}
            aria-valuetext={tokens === 1 ? '1 token' : `${tokens} tokens`}
            onChange={({ target }) => size(nth, Number(target.value))}
          />
          <b>{tokens}</b>
        </label>
      ))}
      {holes.length > 0 && (
        <>
          <p className="gap-hint">
            The text stays and its gaps are filled: all at once from both sides by diffusion, from the left
            only by autoregression.
            {model === 'small' && ' The small world was taught sentences with one word missing.'}
          </p>
          <div className="gap-presets">
            {GAP_PRESETS.map(({ name, text }) => (
              <Button
                key={name}
                className="chip"
                data-current={text === prompt || undefined}
                onPress={() => recipe.getState().setPrompt(text)}
              >
                {name}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
