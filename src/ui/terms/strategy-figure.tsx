import './term-card.css'
import { useLayoutEffect, useRef } from 'react'
import type { StrategyName } from '../../core/strategies/strategy-of.ts'
import { strategyPicture } from './strategy-picture.ts'
import { TERMS } from './terms.ts'

/** What the chosen strategy does, in a sentence and in a small picture of five positions. */
export function StrategyFigure({ name }: { readonly name: StrategyName }) {
  const figure = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => figure.current?.replaceChildren(strategyPicture(name)), [name])
  return (
    <div className="strategy-figure">
      <p className="field-hint">{TERMS[name === 'entropy' ? 'entropy-order' : name].plain}</p>
      <div ref={figure} />
    </div>
  )
}
