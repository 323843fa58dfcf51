import type { QueryClient } from '@tanstack/react-query'
import type { Sources } from '../../store/opening/sources.ts'
import { prefersReducedMotion } from '../reduced-motion.ts'
import { indexQuery, recordingQuery } from '../recordings/recordings.ts'

/** What the page fetches to show something. The code that reads links and files comes when one is opened. */
export function createSources(client: QueryClient): Sources {
  return {
    async recording(name) {
      const file = name === undefined ? (await client.fetchQuery(indexQuery)).default : `${name}.json`
      return client.fetchQuery(recordingQuery(file))
    },
    readLink: async (hash) => (await import('./read-link.ts')).readLink(hash),
    readText: async (text) => (await import('./read-text.ts')).readText(text),
    isStill: prefersReducedMotion,
  }
}
