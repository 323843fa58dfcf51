import './gallery.css'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useStores } from '../stores-context.ts'
import { OwnRuns } from './own-runs.tsx'
import { RecordedRuns } from './recorded-runs.tsx'

/** Everything that can be looked at without computing anything. */
export function Gallery({ onClose }: { readonly onClose: () => void }) {
  const { opening } = useStores()
  return (
    <ModalOverlay
      className="gallery-overlay"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="gallery-modal">
        <Dialog className="gallery" aria-label="Gallery">
          <div className="gallery-head">
            <h2>Recorded comparisons</h2>
            <label className="quiet-button file-button">
              Open a file…
              <input
                type="file"
                className="visually-hidden"
                accept=".json,.jsonl,application/json"
                onChange={({ target: { files } }) => {
                  const file = files?.[0]
                  if (file === undefined) return
                  onClose()
                  void opening.getState().open({ kind: 'file', file })
                }}
              />
            </label>
            <Button className="quiet-button" onPress={onClose}>
              Close
            </Button>
          </div>
          <RecordedRuns onClose={onClose} />
          <OwnRuns onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
