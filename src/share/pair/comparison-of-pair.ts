import type { Commit } from '../../core/step-event.ts'
import { knowledgeOfText, WHOLE, type Knowledge } from '../../trace/knowledge.ts'
import type { TraceHeader, TraceStep } from '../../trace/trace.ts'
import type { Comparison, Lane, Source } from '../comparison.ts'
import { piecesOf } from '../piece-tables.ts'
import { fromFlat } from './flat-settings.ts'
import { lowerStep, lowerVocabulary, raisedBy } from './lower-ids.ts'
import type { Pair, PairRun } from './pair.ts'

/**
 * The two lanes of a pair, each in its own ids and with what it can show; an autoregressive lane without steps has not
 * begun. Reasons that were made up become unknown, and a mask that comes back is a token taken back.
 */
export function comparisonOfPair(pair: Pair, source: Source): Comparison {
  const { prompt, recordedAt, diffusion, autoregressive, provenance } = pair
  const by = raisedBy(pair)
  const table = piecesOf(pair.pieces)
  const lane = { source: provenance ?? source }
  const lanes: readonly Lane[] = [
    {
      ...lane,
      id: 'diffusion',
      name: 'Diffusion',
      decoder: 'diffusion',
      pieces: table,
      trace: {
        status: diffusion.status,
        header: {
          ...headerOf(pair, diffusion),
          decoder: 'diffusion',
          settings: fromFlat(diffusion.header.settings),
        },
        steps: stepsOf(pair, diffusion, 0),
      },
    },
    {
      ...lane,
      id: 'autoregressive',
      name: 'Autoregressive',
      decoder: 'autoregressive',
      pieces: by === 0 ? table : (id) => table(id + by),
      trace:
        autoregressive.steps.length === 0
          ? null
          : {
              status: autoregressive.status,
              header: {
                ...headerOf(pair, autoregressive, by),
                decoder: 'autoregressive',
                settings: autoregressive.header.settings,
              },
              steps: stepsOf(pair, autoregressive, by),
            },
    },
  ]
  return { prompt, lanes, leader: 'diffusion', recordedAt }
}

function headerOf<Settings>(
  pair: Pair,
  run: PairRun<Settings>,
  by = 0,
): Omit<TraceHeader, 'decoder' | 'settings'> {
  const { promptIds, vocabulary, model, device } = run.header
  return {
    prompt: pair.prompt,
    promptIds: promptIds.map((id) => id - by),
    vocabulary: lowerVocabulary(vocabulary, by),
    model,
    device,
    knowledge: knowledgeOf(pair, run),
  }
}

function knowledgeOf<Settings>({ lacks }: Pair, { header, steps }: PairRun<Settings>): Knowledge {
  const whole = header.record === undefined ? WHOLE : knowledgeOfText(header.record)
  const commits = steps.flatMap((step) => step.commits)
  return {
    ...whole,
    confidence:
      commits.length === 0 ? whole.confidence : commits.some(({ probability }) => !Number.isNaN(probability)),
    candidates: whole.candidates && !lacks.includes('candidates'),
    guesses: whole.guesses && !lacks.includes('guesses'),
    reasons: whole.reasons && !lacks.includes('reasons'),
    clock: steps.length === 0 || steps.at(-1)!.at > 0,
  }
}

function stepsOf<Settings>(pair: Pair, run: PairRun<Settings>, by: number): TraceStep[] {
  const { reasons } = knowledgeOf(pair, run)
  const { mask } = run.header.vocabulary
  const explained = (commit: Commit): Commit => {
    if (commit.id === mask) return { ...commit, reason: { rule: 'taken-back' } }
    return reasons ? commit : { ...commit, reason: { rule: 'unknown' } }
  }
  return run.steps.map((step) => lowerStep({ ...step, commits: step.commits.map(explained) }, by))
}
