import { PopoverButton } from '../controls/popover-button.tsx'

const load = async () => (await import('./race-dialog.tsx')).RaceDialog

/** One prompt and one seed for several lanes. */
export function RaceButton() {
  return (
    <PopoverButton
      name="Race"
      label="A race of lanes"
      load={load}
      buttonClass="quiet-button settings-button"
      dialogClass="race"
      placement="bottom end"
    />
  )
}
