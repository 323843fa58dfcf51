import { performance } from 'node:perf_hooks'
import { workerData } from 'node:worker_threads'
import { nodeRuntime } from '../../src/engines/node/node-predictor.ts'
import { readOpenFolder } from '../../src/engines/node/open-folder.ts'
import { openSession } from '../../src/engines/onnx/open-session.ts'
import { openReader, type OpenText } from './open-reader.ts'
import type { SessionFolder } from './pass.ts'
import { answerFrom } from './thread.ts'

/** What the worker is asked: to make ready, a step of diffusion, or the token that follows. */
export type OpenQuestion =
  { readonly prepare: true } | { readonly predict: OpenText } | { readonly next: readonly number[] }

const { folder, threads } = workerData as SessionFolder
const { manifest, shape, weights } = readOpenFolder(folder)
const { topK, window, template } = manifest
const reader = openReader({
  open: () => openSession(nodeRuntime(threads), { shape, weights, window, topK }),
  ...{ topK, window },
  templateBefore: template.before,
  now: () => performance.now(),
})

// All passes share one session: one at a time.
let last: Promise<unknown> = Promise.resolve()
answerFrom<OpenQuestion>((asked) => {
  const work = (): Promise<unknown> => {
    if ('prepare' in asked) return reader.prepare()
    return 'predict' in asked ? reader.predict(asked.predict) : reader.next(asked.next)
  }
  const done = last.then(work)
  last = done.catch(() => undefined)
  return done
})
