import { Lane } from '../lane/lane.tsx'
import { useDefaultRecording } from '../recordings/use-recordings.ts'
import { Notice } from '../share/notice.tsx'
import { useAddress } from '../share/use-address.ts'
import { useOpened, useRun } from '../stores-context.ts'
import { StepAnnouncer } from '../timeline/step-announcer.tsx'
import { Transport } from '../timeline/transport.tsx'
import { usePlaybackLoop } from '../timeline/use-playback-loop.ts'
import { useShortcuts } from '../timeline/use-shortcuts.ts'
import { VerdictLine } from '../verdict-line.tsx'
import { useEmbedding } from './use-embedding.ts'

/** Both lanes and the playhead, to stand in another page. */
export function EmbeddedPlayer() {
  useAddress()
  useDefaultRecording()
  usePlaybackLoop()
  useShortcuts()
  useEmbedding()
  const prompt = useRun(({ shown }) => shown?.prompt)
  const caption = useOpened(({ opened }) => opened?.caption ?? '')
  return (
    <main className="embedded">
      <Notice />
      {caption !== '' && <p className="opened-caption">{caption}</p>}
      <h1 className="embedded-prompt" translate="no">
        {prompt}
      </h1>
      <div className="lanes">
        <Lane lane="diffusion" />
        <Lane lane="autoregressive" />
      </div>
      <VerdictLine />
      <Transport />
      <a className="embedded-link" href={`./${location.hash}`} target="_blank" rel="noreferrer">
        Open in Diffuscope
      </a>
      <StepAnnouncer />
    </main>
  )
}
