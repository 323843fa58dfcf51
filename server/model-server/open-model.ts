import { performance } from 'node:perf_hooks'
import type { Prediction } from '../../src/core/prediction.ts'
import { readOpenFolder } from '../../src/engines/node/open-folder.ts'
import type { Predicted } from '../../src/engines/predictor.ts'
import { BadRequest } from '../../src/engines/remote/step-request.ts'
import { createBatches, type Done } from './batches.ts'
import type { ModelToServe } from './model-to-serve.ts'
import type { OpenText } from './open-reader.ts'
import type { OpenQuestion } from './open-worker.ts'
import type { Party } from './rotation.ts'
import { createStatistics } from './statistics.ts'
import { openThread } from './thread.ts'

const MOST_WAITING = 512

const now = () => performance.now()

type Step = { readonly predict: OpenText } | { readonly next: readonly number[] }

/** The open world on this machine's processor: its graph is written here, and steps take turns. */
export function openModel(folder: string, threads: number): ModelToServe {
  const { manifest } = readOpenFolder(folder)
  const { name, revision, parameters, precision, vocabulary, template, tokenizer, topK, window, ends } =
    manifest
  const thread = openThread<OpenQuestion>(new URL('./start-open-worker.js', import.meta.url), {
    folder,
    threads,
  })
  const statistics = createStatistics()
  const batches = createBatches<Step, Prediction>({
    keyOf: () => 0,
    mostOf: () => 1,
    mostWaiting: MOST_WAITING,
    async run([step]) {
      const begun = now()
      const prediction =
        'predict' in step!
          ? await thread.ask<Prediction>(step)
          : (await thread.ask<Predicted>(step!)).prediction
      statistics.note({ batch: 1, computeMs: now() - begun })
      return [prediction]
    },
    now,
  })
  async function submit(step: Step, party: Party, signal: AbortSignal): Promise<Done<Prediction>> {
    const done = await batches.submit(step, party, signal)
    statistics.noteWait(done.queueMs)
    return done
  }
  let warming: Promise<undefined> | null = null
  return {
    card: {
      version: 1,
      ...{ name, revision, parameters, vocabulary, template, topK, window, ends },
      precision: `${precision}, computed in int8`,
      tolerance: 1.5,
      decoders: ['diffusion', 'autoregressive'],
      device: `CPU, onnxruntime’s WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      tokenizer: { name: tokenizer.file, sha256: tokenizer.sha256 },
      // A pass costs the rows that it is given: only a little rounding up, so that few lengths come.
      buckets: Array.from({ length: Math.ceil(window / 16) }, (_, at) => Math.min(window, (at + 1) * 16)),
    },
    predict: async (ids, party, signal) => submit({ predict: splitText(ids, template.after) }, party, signal),
    next: (ids, party, signal) => submit({ next: ids }, party, signal),
    warmUp: async () => void (await (warming ??= thread.ask<undefined>({ prepare: true }))),
    statistics: () => statistics.report(name),
    close: () => thread.close(),
  }
}

/**
 * Tells prompt from answer: the prompt ends with the template's own ids, which no answer holds. Throws `BadRequest`
 * where they aren't there.
 */
export function splitText(ids: readonly number[], after: readonly number[]): OpenText {
  for (let end = ids.length - 1; end >= after.length; end--) {
    if (!after.every((id, at) => id === ids[end - after.length + at])) continue
    return { promptIds: ids.slice(0, end), answerIds: ids.slice(end) }
  }
  throw new BadRequest(
    `input_ids must hold the template’s last ids (${after.join(', ')}) and at least one of the answer behind them: ` +
      'a prompt is read from left to right, its answer both ways',
  )
}
