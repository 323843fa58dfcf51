import { useQueries, useQuery } from '@tanstack/react-query'
import type { Upstream } from '../../engines/remote/upstream.ts'
import { useStores } from '../stores-context.ts'

/** An upstream's health is asked for again so often while it is looked at, in milliseconds. */
const AGAIN_MS = 5000

/** What the gateway of this page offers. */
export function useUpstreams() {
  const { servers } = useStores()
  return useQuery({
    queryKey: ['upstreams'],
    queryFn: async ({ signal }) => (await servers()).list(signal),
    retry: false,
    staleTime: AGAIN_MS,
  })
}

/** How every upstream is, in their order; undefined until it is known. */
export function useHealth(upstreams: readonly Upstream[]) {
  const { servers } = useStores()
  return useQueries({
    queries: upstreams.map((upstream) => ({
      queryKey: ['health', upstream],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await servers()).probe(upstream, signal),
      retry: false,
      refetchInterval: AGAIN_MS,
    })),
  }).map(({ data }) => data)
}
