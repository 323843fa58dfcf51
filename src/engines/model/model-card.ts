import type { ModelCard } from '../../trace/trace.ts'
import type { Manifest } from './manifest.ts'

/** What a trace says about its model. */
export function modelCard({ name, revision, parameters, precision }: Manifest): ModelCard {
  return { name, revision, parameters, precision }
}
