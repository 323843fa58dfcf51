import type { Predictor } from '../predictor.ts'
import type { PassSession } from './pass-session.ts'
import type { TextCache } from './text-cache.ts'
import { unpack } from './unpack.ts'

export interface OpenPredictorOptions {
  /** Makes the session, once. */
  open(): Promise<PassSession>
  readonly topK: number
  /** Ids that every prompt begins with. */
  readonly templateBefore: readonly number[]
  /** A clock in milliseconds. */
  readonly now: () => number
}

/**
 * Both decoders of a two-way model whose prompt is read causally, by passes over a cache.
 *
 * Diffusion: what stands before the prompt's last token sees nothing of the answer, so its keys and values
 * are the same in every pass of a run. They are read once, and a pass costs the answer's rows and the one
 * before them, which predicts the first.
 */
export function openPredictor({ open, topK, templateBefore, now }: OpenPredictorOptions): Predictor {
  let session: Promise<PassSession> | null = null
  let template: TextCache | null = null
  let prompt: { readonly ids: readonly number[]; readonly cache: TextCache } | null = null

  const opened = () =>
    (session ??= open().catch((error: unknown) => {
      session = null
      throw error
    }))

  async function readOn(passes: PassSession, cache: TextCache, ids: readonly number[]) {
    return passes.read({ ids, cache, sight: 'causal', from: ids.length - 1, to: ids.length })
  }

  /**
   * The template's first tokens, one a pass: the activations of a text's first tokens are far larger than
   * all others, and would coarsen them where a pass is rounded to 8 bits as a whole.
   */
  async function templateCache(passes: PassSession): Promise<TextCache> {
    if (template) return template
    let cache = passes.empty
    for (const id of templateBefore) ({ cache } = await readOn(passes, cache, [id]))
    return (template = cache)
  }

  /** Where reading a text begins: behind the template, if it begins with that and doesn't end there. */
  async function beginning(passes: PassSession, ids: readonly number[]): Promise<TextCache> {
    const begins = ids.length > templateBefore.length && templateBefore.every((id, i) => id === ids[i])
    return begins ? templateCache(passes) : passes.empty
  }

  const free = (cache: TextCache) => {
    if (cache !== template && cache !== prompt?.cache) cache.release()
  }

  /** The cache of all but the prompt's last token, kept until another prompt comes. */
  async function promptCache(passes: PassSession, promptIds: readonly number[]): Promise<TextCache> {
    const ids = promptIds.slice(0, -1)
    if (prompt?.ids.length === ids.length && prompt.ids.every((id, i) => id === ids[i])) return prompt.cache
    const old = prompt?.cache
    prompt = null
    if (old) free(old)
    const begun = await beginning(passes, ids)
    const rest = ids.slice(begun.length)
    const cache = rest.length > 0 ? (await readOn(passes, begun, rest)).cache : begun
    prompt = { ids, cache }
    return cache
  }

  return {
    async prepare() {
      await templateCache(await opened())
    },
    async denoise(promptIds, answerIds) {
      const passes = await opened()
      const begun = now()
      const cache = await promptCache(passes, promptIds)
      const ids = [promptIds.at(-1)!, ...answerIds]
      const packed = await passes.predict({ ids, cache, sight: 'all', from: 0, to: answerIds.length })
      const passMs = now() - begun
      return { prediction: unpack(packed, 0, answerIds.length, topK), passMs }
    },
    startExtension() {
      let cache: TextCache | null = null
      return {
        async extend(ids) {
          const passes = await opened()
          const begun = now()
          const before: TextCache = cache ?? (await beginning(passes, ids))
          const unread = cache ? ids : ids.slice(before.length)
          const read = await readOn(passes, before, unread)
          free(before)
          cache = read.cache
          const passMs = now() - begun
          return { prediction: unpack(read.packed, 0, 1, topK), passMs }
        },
        release() {
          if (cache) free(cache)
          cache = null
        },
      }
    },
  }
}
