import '../share/share.css'
import './embed.css'
import { Lanes } from '../lane/lanes.tsx'
import { Notice } from '../share/notice.tsx'
import { useOpened, useOpening, useRun } from '../stores-context.ts'
import { StepAnnouncer } from '../timeline/step-announcer.tsx'
import { ThisPass } from '../this-pass/this-pass.tsx'
import { Transport } from '../timeline/transport.tsx'
import { usePlaybackLoop } from '../timeline/use-playback-loop.ts'
import { useShortcuts } from '../timeline/use-shortcuts.ts'
import { Verdict } from '../verdict/verdict.tsx'
import { useEmbedding } from './use-embedding.ts'

/** The lanes and the playhead, to stand in another page. */
export function EmbeddedPlayer() {
  usePlaybackLoop()
  useShortcuts()
  useEmbedding()
  const prompt = useRun(({ shown }) => shown?.prompt)
  const caption = useOpened(({ opened }) => opened?.caption ?? '')
  const address = useOpening((state) => state.address)
  return (
    <main className="embedded">
      <Notice />
      {caption !== '' && <p className="opened-caption">{caption}</p>}
      <h1 className="embedded-prompt" translate="no">
        {prompt}
      </h1>
      <Lanes />
      <ThisPass />
      <Transport />
      <Verdict />
      <a className="embedded-link" href={`./${address}`} target="_blank" rel="noreferrer">
        Open in Diffuscope
      </a>
      <StepAnnouncer />
    </main>
  )
}
