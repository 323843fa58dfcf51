import { LIMITS } from '../../share/link/shared-comparison.ts'
import type { LinkNote } from '../../share/link/to-shared.ts'

/** What a teacher may add: a caption, no controls, a step that stays. */
export function LessonFields({
  note,
  onChange,
}: {
  readonly note: LinkNote
  readonly onChange: (note: LinkNote) => void
}) {
  const { caption = '', teacher = {} } = note
  const flag = (name: 'hideControls' | 'lockStep', label: string) => (
    <label className="check">
      <input
        type="checkbox"
        checked={teacher[name] ?? false}
        onChange={(event) => onChange({ ...note, teacher: { ...teacher, [name]: event.target.checked } })}
      />
      {label}
    </label>
  )
  return (
    <details className="lesson">
      <summary>For a lesson</summary>
      <label className="lesson-caption">
        Caption
        <textarea
          rows={2}
          maxLength={LIMITS.caption}
          value={caption}
          placeholder="What to look for"
          onChange={(event) => onChange({ ...note, caption: event.target.value })}
        />
      </label>
      {flag('hideControls', 'Show the comparison alone, without prompt and settings')}
      {flag('lockStep', 'Hold it on this step')}
    </details>
  )
}
