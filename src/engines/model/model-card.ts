import type { ModelCard } from '../../trace/trace.ts'

/** What a trace says about its model. */
export function modelCard({ name, revision, parameters, precision }: ModelCard): ModelCard {
  return { name, revision, parameters, precision }
}
