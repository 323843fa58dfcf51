import { PopoverButton } from '../controls/popover-button.tsx'

const load = () => import('./settings-form.tsx').then(({ SettingsForm }) => SettingsForm)

/** Everything that is not needed for a first look, one click away; its code is fetched when it is wanted. */
export function SettingsButton() {
  return (
    <PopoverButton
      name="Settings"
      label="Settings of the next run"
      load={load}
      buttonClass="quiet-button settings-button"
      dialogClass="settings"
      placement="bottom end"
    />
  )
}
