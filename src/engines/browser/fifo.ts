/** Runs jobs strictly one after the other: overlapping calls into onnxruntime never return. */
export function createFifo(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const next = last.then(job)
    last = next.catch(() => undefined)
    return next
  }
}
