import './field.css'
import './popover.css'
import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Select, SelectValue } from 'react-aria-components/Select'
import { Text } from 'react-aria-components/Text'

export interface Option<Value extends string> {
  readonly value: Value
  readonly name: string
  /** What it does, in half a line. */
  readonly hint?: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly isDisabled?: boolean
}

/** One of several, with what each does. */
export function Choice<Value extends string>({
  label,
  options,
  value,
  onChange,
  isDisabled = false,
}: Props<Value>) {
  return (
    <Select
      className="field"
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => onChange(key as Value)}
    >
      <Label>{label}</Label>
      <Button className="select-button">
        <SelectValue>{({ selectedText }) => selectedText}</SelectValue>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <path d="M2 3.5 5 6.5l3-3" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover className="select-popover">
        <ListBox className="select-list">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.name}>
              <Text slot="label">{option.name}</Text>
              {option.hint !== undefined && <Text slot="description">{option.hint}</Text>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
