import { useQuery } from '@tanstack/react-query'
import { leaderOf } from '../../share/comparison.ts'
import { isBusy } from '../../store/activity.ts'
import type { ModelCard } from '../../trace/trace.ts'
import { useRun, useStores } from '../stores-context.ts'
import { indexQuery, recordingName, recordingQuery } from './recordings.ts'

export function useRecordingIndex() {
  return useQuery(indexQuery)
}

/** The model of this page, as far as is known without loading it: the one of the recording that it opens with. */
export function useHomeModel(): ModelCard | null {
  const loaded = useRun(({ model }) => model?.card)
  const file = useRecordingIndex().data?.default
  const recording = useQuery({ ...recordingQuery(file ?? ''), enabled: file !== undefined })
  return loaded ?? leaderOf(recording.data ?? null)?.trace?.header.model ?? null
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
