import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isBusy } from '../../store/activity.ts'
import type { ModelCard } from '../../trace/trace.ts'
import { openRecording } from '../../store/open-recording.ts'
import { prefersReducedMotion } from '../reduced-motion.ts'
import { useOpened, useRun, useStores } from '../stores-context.ts'
import { fetchIndex, recordingQuery } from './recordings.ts'

export function useRecordingIndex() {
  return useQuery({ queryKey: ['recordings'], queryFn: fetchIndex, staleTime: Infinity })
}

/** The recording that the page opens with: of the model that ships with it. */
function useDefaultQuery() {
  const index = useRecordingIndex()
  const file = index.data?.default
  const recording = useQuery({ ...recordingQuery(file ?? ''), enabled: file !== undefined })
  return { comparison: recording.data, failed: index.isError || recording.isError }
}

/** The model of this page, as far as is known without loading it. */
export function useHomeModel(): ModelCard | null {
  const loaded = useRun(({ model }) => model?.card)
  const { comparison } = useDefaultQuery()
  return loaded ?? comparison?.diffusion.header.model ?? null
}

/** Plays the default recording as soon as it is there, unless something else is shown or awaited by then. */
export function useDefaultRecording(): { readonly failed: boolean } {
  const stores = useStores()
  const { comparison, failed } = useDefaultQuery()
  const reading = useOpened((state) => state.reading)
  useEffect(() => {
    const { shown, activity } = stores.run.getState()
    if (comparison === undefined || shown !== null || isBusy(activity)) return
    if (reading) return
    const recipe = stores.recipe.getState()
    if (comparison.diffusion.header.decoder === 'diffusion')
      recipe.adopt(comparison.diffusion.header.settings)
    if (recipe.prompt === '') recipe.setPrompt(comparison.prompt)
    openRecording(stores, comparison, !prefersReducedMotion())
  }, [stores, comparison, reading])
  return { failed }
}

/** Fills in an offered prompt and shows its recording, where there is one. */
export function useOffer(): (offer: { readonly prompt: string; readonly file: string | null }) => void {
  const stores = useStores()
  const client = useQueryClient()
  return ({ prompt, file }) => {
    stores.recipe.getState().setPrompt(prompt)
    if (file === null) return
    void client.fetchQuery(recordingQuery(file)).then(
      (comparison) => {
        const wanted = stores.recipe.getState().prompt === prompt
        if (wanted && !isBusy(stores.run.getState().activity)) {
          openRecording(stores, comparison, !prefersReducedMotion())
        }
      },
      // Without its recording the prompt is there all the same, and Run computes it.
      () => undefined,
    )
  }
}
