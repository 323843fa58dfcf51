import '../controls/popover.css'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { FetchedPart } from '../controls/fetched-part.tsx'

const load = () => import('./settings-form.tsx').then(({ SettingsForm }) => SettingsForm)
const warm = () => void load().catch(() => undefined)

/** Everything that is not needed for a first look, one click away; its code is fetched when it is wanted. */
export function SettingsButton() {
  return (
    <DialogTrigger>
      <Button className="quiet-button settings-button" onHoverStart={warm} onFocus={warm}>
        Settings
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="settings" aria-label="Settings of the next run">
          <FetchedPart load={load} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
