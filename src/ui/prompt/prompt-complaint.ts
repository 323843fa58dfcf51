import type { Activity } from '../../store/activity.ts'

/** Failures that are about the prompt are told beside its field, and nowhere else. */
export function isAboutPrompt(activity: Activity): boolean {
  if (activity.kind !== 'failed') return false
  return activity.error.kind === 'prompt-empty' || activity.error.kind === 'prompt-too-long'
}

/** The sentence beside the field; null once the prompt that was asked has been changed. */
export function promptComplaint(prompt: string, asked: string | null, activity: Activity): string | null {
  if (asked !== prompt) return null
  if (prompt.trim() === '') return 'Type a prompt first.'
  return isAboutPrompt(activity) && activity.kind === 'failed' ? activity.error.message : null
}
