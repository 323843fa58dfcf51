/** A text with gaps that is offered. */
export interface GapPreset {
  readonly name: string
  readonly text: string
}

/** The first is of the kind that the small world was taught; the others are for the open one. */
export const GAP_PRESETS: readonly GapPreset[] = [
  { name: 'Sentence', text: 'Nora ate the soup with a [1].' },
  { name: 'Story', text: 'The [3] sat on the [1] because [8].' },
  { name: 'JSON', text: '{"name": "[2]", "age": [2], "city": "[2]"}' },
  { name: 'Python', text: 'def add(a, b):\n    """[8]"""\n    return [3]' },
]
