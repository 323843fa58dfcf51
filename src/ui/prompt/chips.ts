import type { RecordingIndex } from '../recordings/recordings.ts'

/** A prompt that is offered; with a file, its recording is shown at once. */
export interface Chip {
  readonly label: string
  readonly prompt: string
  readonly file: string | null
}

/** Every recording by its title, then every prompt without a recording by its kind. */
export function chipsOf({ entries, chips }: Pick<RecordingIndex, 'entries' | 'chips'>): Chip[] {
  const recorded = entries.map(({ title, prompt, file }) => ({ label: title, prompt, file }))
  const known = new Set(recorded.map(({ prompt }) => prompt))
  const others = chips.filter(({ prompt }) => !known.has(prompt))
  return [...recorded, ...others.map(({ kind, prompt }) => ({ label: kind, prompt, file: null }))]
}
