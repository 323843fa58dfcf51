import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { PART_MISSING } from '../part-missing.ts'
import { usePart } from '../use-part.ts'

const load = () => import('./settings-form.tsx').then(({ SettingsForm }) => SettingsForm)
const warm = () => void load().catch(() => undefined)

/** Everything that is not needed for a first look, one click away; its code is fetched when it is wanted. */
export function SettingsButton() {
  return (
    <DialogTrigger>
      <Button className="quiet-button settings-button" onHoverStart={warm} onFocus={warm}>
        Settings
      </Button>
      <Popover className="settings-popover" placement="bottom end">
        <Dialog className="settings" aria-label="Settings of the next run">
          <Contents />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Contents() {
  const part = usePart(load)
  if (part === 'waiting') return <p className="popover-wait">…</p>
  if (part === 'missing') return <p role="alert">{PART_MISSING}</p>
  return <part.Part />
}
