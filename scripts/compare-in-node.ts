import type { DiffusionSettings } from '../src/core/settings.ts'
import type { RunRequest } from '../src/engines/run-request.ts'
import { runInNode, type NodeModel } from '../src/engines/node/node-predictor.ts'
import type { Comparison } from '../src/share/comparison.ts'
import { append } from '../src/trace/append.ts'
import type { Trace } from '../src/trace/trace.ts'
import { autoregressiveSettings } from '../src/store/recipe.ts'

/** One run to its end. */
export async function traceOf(model: NodeModel, request: RunRequest): Promise<Trace> {
  let trace: Trace | null = null
  for await (const event of runInNode(model, request, new AbortController().signal)) {
    trace = append(trace, event)
  }
  if (trace?.status !== 'done') throw new Error(`"${request.prompt}" did not finish`)
  return trace
}

/** Both decoders' runs of one prompt, one after the other, as the page makes them. */
export async function compareInNode(
  model: NodeModel,
  prompt: string,
  settings: DiffusionSettings,
): Promise<Comparison> {
  const diffusion = await traceOf(model, { decoder: 'diffusion', prompt, settings })
  const autoregressive = await traceOf(model, {
    decoder: 'autoregressive',
    prompt,
    settings: autoregressiveSettings(settings),
  })
  return { prompt, diffusion, autoregressive, pieces: model.pieces, recordedAt: new Date().toISOString() }
}
