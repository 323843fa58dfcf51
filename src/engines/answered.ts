/** What a promise gives, unless it stays silent: then it rejects with a `TimeoutError` after so many milliseconds. */
export function answered<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('It did not answer.', 'TimeoutError')), ms)
  })
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer))
}
