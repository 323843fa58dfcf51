import { autoregressiveSettings } from '../src/core/autoregressive-settings.ts'
import type { DiffusionSettings } from '../src/core/settings.ts'
import type { RunnableModel } from '../src/engines/runnable-model.ts'
import type { RunRequest } from '../src/engines/run-request.ts'
import { runInNode } from '../src/engines/node/node-predictor.ts'
import type { ReadableModel } from '../src/engines/node/open-model.ts'
import type { Comparison, Lane } from '../src/share/comparison.ts'
import { append } from '../src/trace/append.ts'
import type { Trace } from '../src/trace/trace.ts'

/** One run to its end. */
export async function traceOf(model: RunnableModel, request: RunRequest): Promise<Trace> {
  let trace: Trace | null = null
  for await (const event of runInNode(model, request, new AbortController().signal)) {
    trace = append(trace, event)
  }
  if (trace?.status !== 'done') throw new Error(`"${request.prompt}" did not finish`)
  return trace
}

/** Both decoders' runs of one prompt, one after the other, as the page makes them. */
export async function compareInNode(
  model: ReadableModel,
  prompt: string,
  settings: DiffusionSettings,
): Promise<Comparison> {
  const requests: readonly (RunRequest & { readonly name: string })[] = [
    { name: 'Diffusion', decoder: 'diffusion', prompt, settings },
    { name: 'Autoregressive', decoder: 'autoregressive', prompt, settings: autoregressiveSettings(settings) },
  ]
  const lanes: Lane[] = []
  for (const { name, ...request } of requests) {
    const { decoder } = request
    const trace = await traceOf(model, request)
    lanes.push({ id: decoder, name, decoder, trace, pieces: model.pieces, source: 'recorded' })
  }
  return { prompt, lanes, leader: lanes[0]!.id, recordedAt: new Date().toISOString() }
}
