import type { Shown } from '../../store/shown.ts'
import type { FollowRule } from '../../trace/follow.ts'
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
  shown: Shown,
  rule: FollowRule,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const moments = filmOf(shown, rule)
  const worker = new Worker(new URL('./gif-worker.ts', import.meta.url), { type: 'module' })
  const send = (request: GifRequest) => worker.postMessage(request)
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    let next = 0
    worker.onmessage = ({ data }: MessageEvent<GifReply>) => {
      if (data.kind === 'done') return resolve(data.bytes)
      onProgress(next / moments.length)
      const moment = moments[next++]
      if (moment === undefined) send({ kind: 'finish' })
      else send({ kind: 'frame', picture: pictureOf(shown, rule, moment), delay: moment.delay })
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    signal.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')), { once: true })
    const samples = [0, Math.floor(moments.length / 2), moments.length - 1].map((at) =>
      pictureOf(shown, rule, moments[at]!),
    )
    send({ kind: 'begin', samples, colours: pictureColours() })
  }).finally(() => worker.terminate())
}
