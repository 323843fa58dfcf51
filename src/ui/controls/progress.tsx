interface Props {
  readonly label: string
  /** 0 to 1; null where nobody knows. */
  readonly share: number | null
  /** The same in words, where there are better ones than a percentage. */
  readonly words?: string
}

/** How far something has got. */
export function Progress({ label, share, words }: Props) {
  const percentage = share === null ? undefined : Math.round(100 * share)
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percentage}
      aria-valuetext={words}
    >
      <div className="progress-fill" style={{ width: `${percentage ?? 100}%` }} />
    </div>
  )
}
