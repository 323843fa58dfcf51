import type { Comparison } from '../../share/comparison.ts'
import type { OpenedLink } from '../../share/link/from-shared.ts'
import type { Sources } from '../opening/sources.ts'
import { createStores } from '../stores.ts'
import { refusingArchive } from './archives.ts'
import { comparisonOfTraces, eventsOf, noServers, scriptedEngine, traceOf } from './scripted.ts'

/** A recording of that prompt: four steps beside two. */
export function recordingOf(prompt: string): Comparison {
  const traces = {
    diffusion: traceOf('diffusion', [1, 2, 3, 4], 'done', prompt),
    autoregressive: traceOf('autoregressive', [1, 2], 'done', prompt),
  }
  return { ...comparisonOfTraces(traces), prompt }
}

/** What a sender made of it: standing on the second step. */
export function linkOf(comparison: Comparison, lockStep = false): OpenedLink {
  const lanes = comparison.lanes.map((lane) => ({ ...lane, source: 'shared' as const }))
  return {
    comparison: { ...comparison, lanes },
    playhead: { clock: 'passes', steps: [2, null] },
    caption: 'Look here',
    teacher: { hideControls: false, lockStep },
  }
}

/**
 * All stores of a page, with an engine that is let go step by step.
 *
 * @param sources what differs from a page whose recordings, links and files are there at once: a recording's prompt is
 *   its name, a link's is its hash, a file's is its text
 */
export function testPage(sources: Partial<Sources> = {}, address = '') {
  let clock = 0
  let day = 0
  const engine = scriptedEngine(({ decoder, prompt, settings }) =>
    eventsOf(decoder, [5, 10, 15], prompt).map((event) =>
      event.kind === 'start'
        ? { ...event, header: { ...event.header, settings } as typeof event.header }
        : event,
    ),
  )
  const { archive, state } = refusingArchive()
  const stores = createStores({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
    today: () => `2026-01-0${++day}T00:00:00.000Z`,
    openArchive: () => Promise.resolve(archive),
    address,
    sources: {
      recording: (name = 'first') => Promise.resolve(recordingOf(name)),
      readLink: (hash) => Promise.resolve(linkOf(recordingOf(hash))),
      readText: (text) => Promise.resolve({ comparison: recordingOf(text), notes: [] }),
      isStill: () => true,
      ...sources,
    },
  })
  return { engine, stores, archive, state }
}
