import type { LoadProgress } from '../progress.ts'

/** Before so many milliseconds a rate means nothing. */
const LEAST_MS = 1000

/**
 * Adds to the progress of a download how long it still takes, at the mean rate of what came over the network so far.
 *
 * @param now a clock in milliseconds
 */
export function timeLeft(
  onProgress: (progress: LoadProgress) => void,
  now: () => number,
): (progress: LoadProgress) => void {
  let begun: { readonly at: number; readonly bytes: number } | null = null
  return (progress) => {
    if (progress.phase !== 'download' || progress.cached) return onProgress(progress)
    begun ??= { at: now(), bytes: progress.loadedBytes }
    const spent = now() - begun.at
    const come = progress.loadedBytes - begun.bytes
    const leftMs = ((progress.totalBytes - progress.loadedBytes) * spent) / come
    onProgress(spent < LEAST_MS || come === 0 ? progress : { ...progress, leftMs })
  }
}
