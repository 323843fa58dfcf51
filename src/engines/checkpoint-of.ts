import { advance, startDiffusion } from '../core/diffusion-state.ts'
import type { Trace } from '../trace/trace.ts'
import type { Checkpoint } from './run-request.ts'

/**
 * Where a run stands, read off its trace: from here it goes on as if it had never stopped, on the same model
 * wherever that is. The trace must not be of a service's text.
 */
export function checkpointOf({ header, steps }: Trace): Checkpoint {
  const at = steps.at(-1)?.at ?? 0
  if (header.decoder === 'autoregressive') {
    const { settings, vocabulary } = header
    const ids = steps.flatMap(({ commits }) => commits.map(({ id }) => id))
    const finished = ids.at(-1) === vocabulary.end || ids.length === settings.answerLength
    return { decoder: header.decoder, at, state: { settings, vocabulary, ids, finished } }
  }
  let state = startDiffusion(header.settings, header.vocabulary)
  for (const { commits } of steps) {
    const ids = state.ids.slice()
    for (const { position, id } of commits) ids[position] = id
    state = advance(state, ids)
  }
  return { decoder: header.decoder, at, state }
}
