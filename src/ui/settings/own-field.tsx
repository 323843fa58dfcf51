import type { OwnSetting } from '../../core/strategies/own-setting.ts'
import { NumberSlider } from '../controls/number-slider.tsx'

interface Props {
  readonly setting: OwnSetting
  readonly value: number
  readonly answerLength: number
  readonly onChange: (value: number) => void
}

/** A setting of one strategy, as the strategy describes it. */
export function OwnField({ setting: { label, hint, range }, value, answerLength, onChange }: Props) {
  return (
    <NumberSlider
      label={label}
      hint={hint(value, answerLength)}
      value={value}
      {...range(answerLength)}
      onChange={onChange}
    />
  )
}
