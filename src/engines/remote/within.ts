/**
 * Does something with a signal that aborts when `signal` does, and with a `TimeoutError` after `ms`.
 *
 * A timer of its own, because Node may collect the sources of `AbortSignal.any` before they abort
 * (github.com/nodejs/node/issues/57736): a server that trickles would then be listened to for ever.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = new AbortController()
  const stop = () => limited.abort(signal.reason)
  const timer = setTimeout(() => limited.abort(new DOMException('It took too long.', 'TimeoutError')), ms)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await work(limited.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
