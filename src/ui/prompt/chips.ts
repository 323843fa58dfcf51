import type { RecordingIndex } from '../recordings/recordings.ts'

/** A prompt that is offered; with a file, its recording is shown at once. */
export interface Chip {
  readonly label: string
  readonly prompt: string
  readonly file: string | null
}

/** One chip a prompt: by the title of its first recording, or by its kind. Other recordings are in the gallery. */
export function chipsOf({ entries, chips }: Pick<RecordingIndex, 'entries' | 'chips'>): Chip[] {
  return chips.map(({ kind, prompt }) => {
    const recorded = entries.find((entry) => entry.prompt === prompt)
    return { label: recorded?.title ?? kind, prompt, file: recorded?.file ?? null }
  })
}
