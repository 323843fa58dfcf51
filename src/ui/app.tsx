import { ExplainPanel } from './explain/explain-panel.tsx'
import { Legend } from './explain/legend.tsx'
import { ExportButton } from './export/export-button.tsx'
import { Header } from './header/header.tsx'
import { Lanes } from './lane/lanes.tsx'
import { PromptForm } from './prompt/prompt-form.tsx'
import { Notice } from './share/notice.tsx'
import { OpenedBar } from './share/opened-bar.tsx'
import { ShareButton } from './share/share-button.tsx'
import { useOpened } from './stores-context.ts'
import { PlaybackChoices } from './timeline/playback-choices.tsx'
import { StepAnnouncer } from './timeline/step-announcer.tsx'
import { HeatStrip } from './timeline/heat-strip.tsx'
import { Transport } from './timeline/transport.tsx'
import { usePlaybackLoop } from './timeline/use-playback-loop.ts'
import { useShortcuts } from './timeline/use-shortcuts.ts'
import { useDroppedFile } from './use-dropped-file.ts'
import { VerdictLine } from './verdict-line.tsx'

export function App() {
  const controlsHidden = useOpened(({ opened }) => opened?.teacher.hideControls ?? false)
  const hovering = useDroppedFile()
  usePlaybackLoop()
  useShortcuts()
  return (
    <>
      <Header withGallery={!controlsHidden} />
      {hovering && <p className="drop-hint">Drop the file to open it</p>}
      <main className="page">
        <div className="top">
          {!controlsHidden && <PromptForm />}
          <Notice />
          <OpenedBar />
        </div>
        <div className="stage">
          <Lanes />
          <div className="result">
            <VerdictLine />
            {!controlsHidden && (
              <div className="result-actions">
                <ExportButton />
                <ShareButton />
              </div>
            )}
          </div>
          <Transport />
          <HeatStrip />
          {!controlsHidden && <PlaybackChoices />}
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
