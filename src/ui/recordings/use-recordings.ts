import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isBusy } from '../../store/activity.ts'
import { openRecording } from '../../store/open-recording.ts'
import { prefersReducedMotion } from '../reduced-motion.ts'
import { useStores } from '../stores-context.ts'
import { fetchComparison, fetchIndex } from './recordings.ts'

export function useRecordingIndex() {
  return useQuery({ queryKey: ['recordings'], queryFn: fetchIndex, staleTime: Infinity })
}

function fetchRecording(client: QueryClient, file: string) {
  return client.fetchQuery({
    queryKey: ['recording', file],
    queryFn: () => fetchComparison(file),
    staleTime: Infinity,
  })
}

/** Plays the default recording as soon as it is there, unless something else is shown by then. */
export function useDefaultRecording(): { readonly failed: boolean } {
  const stores = useStores()
  const index = useRecordingIndex()
  const file = index.data?.default
  const recording = useQuery({
    queryKey: ['recording', file],
    queryFn: () => fetchComparison(file!),
    enabled: file !== undefined,
    staleTime: Infinity,
  })
  const comparison = recording.data
  useEffect(() => {
    const { shown, activity } = stores.run.getState()
    if (comparison === undefined || shown !== null || isBusy(activity)) return
    const recipe = stores.recipe.getState()
    if (comparison.diffusion.header.decoder === 'diffusion')
      recipe.adopt(comparison.diffusion.header.settings)
    if (recipe.prompt === '') recipe.setPrompt(comparison.prompt)
    openRecording(stores, comparison, !prefersReducedMotion())
  }, [stores, comparison])
  return { failed: index.isError || recording.isError }
}

/** Fills in an offered prompt and shows its recording, where there is one. */
export function useOffer(): (offer: { readonly prompt: string; readonly file: string | null }) => void {
  const stores = useStores()
  const client = useQueryClient()
  return ({ prompt, file }) => {
    stores.recipe.getState().setPrompt(prompt)
    if (file === null) return
    void fetchRecording(client, file).then(
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
