import { lazyPart } from '../controls/lazy-part.tsx'

const Choices = lazyPart(async () => (await import('./playback-choices.tsx')).PlaybackChoices)

/** Room for the choices of look, speed and clock, which are fetched behind the first frame. */
export function ChoicesSlot() {
  return (
    <div className="playback-choices">
      <Choices />
    </div>
  )
}
