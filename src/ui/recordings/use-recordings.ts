import { useQuery } from '@tanstack/react-query'
import { isBusy } from '../../store/activity.ts'
import { useStores } from '../stores-context.ts'
import { indexQuery, recordingName } from './recordings.ts'

export function useRecordingIndex() {
  return useQuery(indexQuery)
}

/** Fills in an offered prompt and shows its recording, where there is one and nothing is computed. */
export function useOfferedPrompt(): (offer: {
  readonly prompt: string
  readonly file: string | null
}) => void {
  const { recipe, run, opening } = useStores()
  return ({ prompt, file }) => {
    recipe.getState().setPrompt(prompt)
    if (file === null || isBusy(run.getState().activity)) return
    void opening.getState().open({ kind: 'recording', name: recordingName(file) })
  }
}
