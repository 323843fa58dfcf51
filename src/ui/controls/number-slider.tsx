import './field.css'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider'

interface Props {
  readonly label: string
  /** What the value means. */
  readonly hint: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
  readonly isDisabled?: boolean
}

export function NumberSlider({
  label,
  hint,
  value,
  min,
  max,
  step = 1,
  onChange,
  isDisabled = false,
}: Props) {
  return (
    <Slider
      className="field number-slider"
      isDisabled={isDisabled}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => onChange(Number(next))}
    >
      <Label>{label}</Label>
      <SliderOutput />
      <SliderTrack className="number-track">
        <SliderThumb className="number-thumb" />
      </SliderTrack>
      <span className="field-hint">{hint}</span>
    </Slider>
  )
}
