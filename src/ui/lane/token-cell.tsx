import { memo, type CSSProperties } from 'react'
import type { CellState } from '../../trace/frame.ts'
import { percent } from '../numbers.ts'
import { TokenText } from './token-text.tsx'

interface Props {
  readonly position: number
  readonly state: CellState
  readonly text: string
  /** Whether it is, or is guessed to be, an end of sequence: that has no text. */
  readonly isEnd: boolean
  /** What stood here before a revision; empty otherwise. */
  readonly before: string
  readonly confidence: number | undefined
  readonly committedAt: number | undefined
  readonly fresh: boolean
  readonly pinned: boolean
  readonly inTabOrder: boolean
}

/** Longer tokens are set smaller, so that every cell keeps its size. */
const ROOMY = 6
const TIGHT = 8

export const TokenCell = memo(function TokenCell(cell: Props) {
  const { position, state, text, isEnd, before, confidence, fresh, pinned, inTabOrder } = cell
  const size = text.length <= ROOMY ? undefined : text.length <= TIGHT ? 'small' : 'tiny'
  return (
    <button
      type="button"
      className="cell"
      data-position={position}
      data-state={state}
      data-confidence={confidence === undefined ? undefined : Number(confidence.toFixed(4))}
      data-fresh={fresh || undefined}
      data-end={isEnd || undefined}
      data-size={size}
      aria-label={describe(cell)}
      aria-pressed={pinned}
      tabIndex={inTabOrder ? 0 : -1}
      style={{ '--confidence': confidence ?? 0 } as CSSProperties}
    >
      {before !== '' && (
        <del>
          <TokenText text={before} />
        </del>
      )}
      <TokenText text={text} />
    </button>
  )
})

function describe({ position, state, text, isEnd, confidence, committedAt }: Props): string {
  const place = `Position ${position + 1}`
  const sure = confidence === undefined ? '' : `, ${percent(confidence)}`
  const token = isEnd
    ? 'end of answer'
    : text === ''
      ? 'token without text'
      : text.trim() === ''
        ? JSON.stringify(text)
        : text.trim()
  switch (state) {
    case 'masked':
      return `${place}, masked`
    case 'guess':
      return `${place}, guess ${token}${sure}`
    case 'end':
      return `${place}, ${token}${sure}, step ${committedAt ?? 0}`
    default:
      return `${place}, ${state} ${token}${sure}, step ${committedAt ?? 0}`
  }
}
