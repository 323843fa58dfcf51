import * as v from 'valibot'
import type { Comparison } from '../../share/comparison.ts'
import { decodeComparison } from '../../share/comparison-file.ts'

const Entry = v.object({
  file: v.string(),
  kind: v.string(),
  title: v.string(),
  prompt: v.string(),
  /** Who won, or who failed, as it was measured; absent where right and wrong can't be told apart. */
  outcome: v.exactOptional(v.string()),
})
const IndexSchema = v.object({
  default: v.string(),
  entries: v.array(Entry),
  chips: v.array(v.object({ kind: v.string(), prompt: v.string() })),
})

/** Of every recording, its answer's tokens, each with the pass that wrote it. */
const WrittenSchema = v.record(
  v.string(),
  v.object({ passes: v.number(), places: v.array(v.tuple([v.string(), v.number()])) }),
)

/** Which recordings ship with the page, and which prompts it offers. */
export type RecordingIndex = v.InferOutput<typeof IndexSchema>

/** The name of a recording, by which addresses know it. */
export function recordingName(file: string): string {
  return file.replace(/\.json$/, '')
}

async function fetchJson(file: string): Promise<unknown> {
  const response = await fetch(new URL(`recordings/${file}`, document.baseURI))
  if (!response.ok) throw new Error(`The recording could not be fetched (${response.status}).`)
  return response.json()
}

async function fetchIndex(): Promise<RecordingIndex> {
  return v.parse(IndexSchema, await fetchJson('index.json'))
}

async function fetchWritten(): Promise<v.InferOutput<typeof WrittenSchema>> {
  return v.parse(WrittenSchema, await fetchJson('written.json'))
}

async function fetchComparison(file: string): Promise<Comparison> {
  const decoded = decodeComparison(await fetchJson(file))
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

/** The list of recordings: fetched once, then kept. */
export const indexQuery = { queryKey: ['recordings'], queryFn: fetchIndex, staleTime: Infinity }

/** What the gallery's cards show: fetched once it is opened. */
export const writtenQuery = { queryKey: ['written'], queryFn: fetchWritten, staleTime: Infinity }

/** A recording: fetched once, then kept. */
export function recordingQuery(file: string) {
  return { queryKey: ['recording', file], queryFn: () => fetchComparison(file), staleTime: Infinity }
}
