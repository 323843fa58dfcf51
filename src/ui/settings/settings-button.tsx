import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { SettingsForm } from './settings-form.tsx'

/** Everything that is not needed for a first look, one click away. */
export function SettingsButton() {
  return (
    <DialogTrigger>
      <Button className="quiet-button settings-button">Settings</Button>
      <Popover className="settings-popover" placement="bottom end">
        <Dialog className="settings" aria-label="Settings of the next run">
          <SettingsForm />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
