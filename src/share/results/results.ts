import { answerText } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { canvasAt } from '../../trace/canvas.ts'
import { isText } from '../../trace/knowledge.ts'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison, Lane } from '../comparison.ts'

/** What a lane that has ended took and gave. */
export interface LaneResult {
  readonly id: string
  readonly name: string
  readonly trace: Trace
  /** What it wrote, up to the end. */
  readonly text: string
  /** Null where the lane is one of a service, which does not say. */
  readonly passes: number | null
  /** Null where times are not known. */
  readonly ms: number | null
  /** When the first token stood, on the lane's clock; null where times are not known. */
  readonly firstMs: number | null
  readonly tokens: number
  /** Kendall's τ of the order of commits against that of reading. */
  readonly tau: number | null
  /** See `likelihoodOf`. */
  readonly likelihood: number | null
  /** The first lane before this one that wrote the same text; null where there is none. */
  readonly sameAs: string | null
}

/** Lanes that have ended, in the order of the comparison; of one that has not ended nothing is said. */
export function resultsOf({ lanes }: Comparison): LaneResult[] {
  const ended = lanes.filter((lane): lane is EndedLane => lane.trace?.status === 'done')
  const texts = ended.map(({ trace, pieces }) =>
    answerText(frameAt(trace, trace.steps.length), pieces, trace.header.vocabulary),
  )
  return ended.map(({ id, name, trace }, at) => {
    const { passes, ms, tokens } = measure(trace, trace.steps.length)
    const first = texts.indexOf(texts[at]!)
    return {
      id,
      name,
      trace,
      text: texts[at]!,
      passes: isText(trace.header.knowledge) ? null : passes,
      ms: ms > 0 ? ms : null,
      firstMs: ms > 0 ? firstMsOf(trace) : null,
      tokens,
      tau: kendallTau(trace),
      likelihood: likelihoodOf(trace),
      sameAs: first < at ? ended[first]!.name : null,
    }
  })
}

/** When a pass first committed something that is neither an end of sequence nor a mask. */
function firstMsOf({ header: { vocabulary }, steps }: Trace): number | null {
  const isToken = (id: number) => id !== vocabulary.end && id !== vocabulary.mask
  return steps.find(({ edit, commits }) => !edit && commits.some(({ id }) => isToken(id)))?.at ?? null
}

type EndedLane = Lane & { readonly trace: Trace }

/**
 * The lane's own likelihood a token: the geometric mean of the probabilities that its tokens had in the pass that
 * committed them, ends of sequence and what a person wrote left out. From left to right that is the text's likelihood under the model; tokens
 * that are committed in one pass are taken as independent, as the decoder takes them. Null where it is not known.
 */
function likelihoodOf(trace: Trace): number | null {
  const { knowledge, vocabulary } = trace.header
  if (!knowledge.confidence || isText(knowledge)) return null
  const sure = canvasAt(trace, trace.steps.length).positions.flatMap(({ kind, id, pinned, history }) => {
    const last = history.at(-1)
    return kind === 'accepted' && !pinned && id !== vocabulary.end && last
      ? [Math.log(last.commit.probability)]
      : []
  })
  return sure.length === 0 ? null : Math.exp(sure.reduce((sum, log) => sum + log, 0) / sure.length)
}
