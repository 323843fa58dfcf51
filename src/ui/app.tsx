import { ExplainSlot } from './explain/explain-slot.tsx'
import { LegendButton } from './explain/legend-button.tsx'
import { ExportButton } from './export/export-button.tsx'
import { HandsStatus } from './hands/hands-slot.tsx'
import { Foot } from './header/foot.tsx'
import { Header } from './header/header.tsx'
import { Lanes } from './lane/lanes.tsx'
import { NumbersButton } from './lane/numbers-button.tsx'
import { PromptForm } from './prompt/prompt-form.tsx'
import { ResultsSlot } from './race/results-slot.tsx'
import { Notice } from './share/notice.tsx'
import { OpenedSlot } from './share/opened-slot.tsx'
import { ShareButton } from './share/share-button.tsx'
import { useOpened } from './stores-context.ts'
import { ThisPass } from './this-pass/this-pass.tsx'
import { ChoicesSlot } from './timeline/choices-slot.tsx'
import { StepAnnouncer } from './timeline/step-announcer.tsx'
import { HeatSection } from './timeline/heat-section.tsx'
import { Transport } from './timeline/transport.tsx'
import { ShortcutsSlot } from './commands/shortcuts-slot.tsx'
import { PredictButton } from './predict/predict-button.tsx'
import { PresenterButton } from './presenter/presenter-button.tsx'
import { PresenterSlot } from './presenter/presenter-slot.tsx'
import { TourSlot } from './tour/tour-slot.tsx'
import { usePlaybackLoop } from './timeline/use-playback-loop.ts'
import { useShortcuts } from './timeline/use-shortcuts.ts'
import { useDroppedFile } from './use-dropped-file.ts'
import { Verdict } from './verdict/verdict.tsx'

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
        <PresenterSlot />
        <div className="top">
          {!controlsHidden && <PromptForm />}
          <Notice />
          <OpenedSlot />
        </div>
        <div className="stage">
          <HandsStatus />
          <Lanes />
          <ThisPass />
          <Transport />
          {!controlsHidden && <ChoicesSlot />}
          <div className="result">
            <Verdict />
            <div className="result-actions">
              <NumbersButton />
              <LegendButton />
              <PredictButton />
              {!controlsHidden && (
                <>
                  <ExportButton />
                  <ShareButton />
                  <PresenterButton />
                </>
              )}
            </div>
          </div>
          <ResultsSlot />
          <HeatSection />
        </div>
        <ExplainSlot />
        {!controlsHidden && <TourSlot />}
        <ShortcutsSlot />
        <StepAnnouncer />
      </main>
      {!controlsHidden && <Foot />}
    </>
  )
}
