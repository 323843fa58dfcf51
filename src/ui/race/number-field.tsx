import { useState } from 'react'

interface Props {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
}

/** A number that is typed or stepped; what lies outside its range becomes the nearest that does not, when it is left. */
export function NumberField({ label, value, min, max, step, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = (text: string) => {
    setTyped(text)
    const number = Number(text)
    if (text.trim() === '' || !Number.isFinite(number)) return
    onChange(Math.max(min, Math.min(max, step === 1 ? Math.round(number) : number)))
  }
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        value={typed ?? value}
        min={min}
        max={max}
        step={step}
        onChange={(event) => take(event.target.value)}
        onBlur={() => setTyped(null)}
      />
    </label>
  )
}
