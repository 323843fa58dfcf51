import { DONE } from './read-stream.ts'

/** Reasons for which an answer is over and whole, or as long as it was asked to be, in many servers' words. */
const WHOLE: ReadonlySet<string> = new Set([
  ...[DONE, 'stop', 'end', 'eos', 'eos_token', 'end_turn', 'end_of_turn', 'stop_sequence', 'stop_token'],
  ...['length', 'max_tokens', 'max_length', 'max_new_tokens', 'max_output_tokens', 'model_length'],
  ...['complete', 'completed', 'finish', 'finished', 'done', 'normal', 'success'],
])

/**
 * Why an answer that came to its end is not whole, as a clause; null where it is.
 *
 * @param reason the service's `finish_reason`, or `[DONE]`; null where the stream just stopped
 */
export function whyNotWhole(reason: string | null): string | null {
  if (reason === null) return 'it stopped without saying that it was done'
  if (WHOLE.has(reason) || WHOLE.has(reason.toLowerCase())) return null
  if (/content_?filter|safety|sensitive|recitation|prohibited|blocklist/i.test(reason)) {
    return 'its filter cut the answer off'
  }
  if (/tool|function/i.test(reason)) return 'it called a tool, which this page does not have'
  return `it ended with “${reason.slice(0, 60)}”`
}
