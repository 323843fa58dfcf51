import { join } from 'node:path'
import * as v from 'valibot'
import { readJsonFile } from '../read-json-file.ts'
import { parseManifest } from '../../src/engines/fetching/load-manifest.ts'
import type { Manifest } from '../../src/engines/model/manifest.ts'

const GraphSchema = v.object({ window: v.number(), file: v.string() })
const ServeSchema = v.object({ graphs: v.object({ serve: v.optional(v.array(GraphSchema)) }) })

export interface ServedGraphs {
  readonly manifest: Manifest
  /** One graph a window, shortest first. */
  readonly graphs: readonly { readonly window: number; readonly file: string }[]
  /** Whether a pass may hold several sequences. */
  readonly isBatched: boolean
}

/** What a server runs of a model folder: graphs with a free batch axis, or the page's where it has none of those. */
export function servedGraphs(folder: string): ServedGraphs {
  const value: unknown = readJsonFile(join(folder, 'manifest.json'))
  const manifest = parseManifest(value)
  const { serve = [] } = v.parse(ServeSchema, value).graphs
  const isBatched = serve.length > 0
  const graphs = [...(isBatched ? serve : manifest.graphs.denoise)].sort((a, b) => a.window - b.window)
  return { manifest, graphs, isBatched }
}
