/** What a download needs of the browser. Absent members are absent in the browser, too. */
export interface DownloadEnvironment {
  readonly fetch: typeof fetch
  /** Absent where the address is not secure. */
  readonly caches?: CacheStorage | undefined
  /** Absent where the address is not secure. */
  readonly subtle?: SubtleCrypto | undefined
  readonly online: () => boolean
  /** Milliseconds without a byte after which a download counts as cut. */
  readonly stallMs: number
}

/** The browser itself, in a page or in a worker. */
export function browserEnvironment(): DownloadEnvironment {
  return {
    fetch: (...request) => globalThis.fetch(...request),
    caches: globalThis.caches,
    // Typed as always there; absent where the address is not secure.
    subtle: globalThis.crypto.subtle as SubtleCrypto | undefined,
    online: () => navigator.onLine,
    stallMs: 30_000,
  }
}
