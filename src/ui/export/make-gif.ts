import type { Comparison } from '../../share/comparison.ts'
import type { Look } from '../../store/view.ts'
import type { Timeline } from '../../trace/timeline.ts'
import { filmOf } from './film.ts'
import type { GifReply, GifRequest } from './gif-messages.ts'
import { pictureOf } from './picture.ts'
import { pictureColours } from './picture-colours.ts'

/**
 * The run as an animated GIF, drawn and encoded in a worker. Rejects with an `AbortError` when `signal` is
 * aborted, and with an Error where the worker fails.
 *
 * @param onProgress share of the frames that are done
 */
export function makeGif(
  shown: Comparison,
  timeline: Timeline,
  { view, tint }: Look,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const frames = filmOf(timeline)
  const pictureAt = (frame: number) =>
    pictureOf(shown, timeline, timeline.moments[frames[frame]!.at]!, { view, tint })
  const worker = new Worker(new URL('./gif-worker.ts', import.meta.url), { type: 'module' })
  const send = (request: GifRequest) => worker.postMessage(request)
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    let next = 0
    worker.onmessage = ({ data }: MessageEvent<GifReply>) => {
      if (data.kind === 'done') return resolve(data.bytes)
      onProgress(next / frames.length)
      const frame = next++
      if (frame === frames.length) send({ kind: 'finish' })
      else send({ kind: 'frame', picture: pictureAt(frame), delay: frames[frame]!.delay })
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    signal.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')), { once: true })
    const samples = [0, Math.floor(frames.length / 2), frames.length - 1].map(pictureAt)
    send({ kind: 'begin', samples, colours: pictureColours() })
  }).finally(() => worker.terminate())
}
