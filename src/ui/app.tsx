import { ExplainPanel } from './explain/explain-panel.tsx'
import { Legend } from './explain/legend.tsx'
import { Header } from './header/header.tsx'
import { Lane } from './lane/lane.tsx'
import { PromptForm } from './prompt/prompt-form.tsx'
import { useDefaultRecording } from './recordings/use-recordings.ts'
import { PlaybackChoices } from './timeline/playback-choices.tsx'
import { StepAnnouncer } from './timeline/step-announcer.tsx'
import { HeatStrip } from './timeline/heat-strip.tsx'
import { Transport } from './timeline/transport.tsx'
import { usePlaybackLoop } from './timeline/use-playback-loop.ts'
import { useShortcuts } from './timeline/use-shortcuts.ts'
import { VerdictLine } from './verdict-line.tsx'

export function App() {
  const { failed } = useDefaultRecording()
  usePlaybackLoop()
  useShortcuts()
  return (
    <>
      <Header />
      <main className="page">
        <PromptForm recordingsFailed={failed} />
        <div className="stage">
          <div className="lanes">
            <Lane lane="diffusion" />
            <Lane lane="autoregressive" />
          </div>
          <VerdictLine />
          <Transport />
          <HeatStrip />
          <PlaybackChoices />
        </div>
        <div className="side">
          <Legend />
          <ExplainPanel />
        </div>
        <StepAnnouncer />
      </main>
    </>
  )
}
