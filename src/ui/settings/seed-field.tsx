import { useId, useState } from 'react'
import { Button } from 'react-aria-components/Button'

interface Props {
  readonly value: number
  readonly onChange: (value: number) => void
}

const MOST = 2 ** 31

/** A whole number; the same one gives the same run on the same device. */
export function SeedField({ value, onChange }: Props) {
  const id = useId()
  const [text, setText] = useState(String(value))
  const [shown, setShown] = useState(value)
  // A seed that was changed elsewhere takes the place of what was typed.
  if (shown !== value) {
    setShown(value)
    setText(String(value))
  }
  const wrong = !/^\d{1,10}$/.test(text)
  return (
    <div className="field">
      <label htmlFor={id}>Seed</label>
      <div className="field-row">
        <input
          id={id}
          inputMode="numeric"
          value={text}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setText(event.target.value)
            if (!/^\d{1,10}$/.test(event.target.value)) return
            setShown(Number(event.target.value))
            onChange(Number(event.target.value))
          }}
        />
        <Button className="quiet-button" onPress={() => onChange(Math.floor(Math.random() * MOST))}>
          Another
        </Button>
      </div>
      <span id={`${id}-hint`} className="field-hint">
        {wrong ? 'The seed must be a whole number, 0 or more.' : 'the same seed gives the same run'}
      </span>
    </div>
  )
}
