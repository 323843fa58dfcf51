import { startAutoregressive } from '../src/core/autoregressive-state.ts'
import { denoise } from '../src/core/denoise.ts'
import { isFinished, startDiffusion } from '../src/core/diffusion-state.ts'
import { extend } from '../src/core/extend.ts'
import type { Prediction } from '../src/core/prediction.ts'
import { randomAt, type Random } from '../src/core/random.ts'
import type { DiffusionSettings } from '../src/core/settings.ts'
import type { StepEvent } from '../src/core/step-event.ts'
import type { Vocabulary } from '../src/core/vocabulary.ts'
import type { Comparison, Lane } from '../src/share/comparison.ts'
import { WHOLE } from '../src/trace/knowledge.ts'
import type { Pieces } from '../src/trace/pieces.ts'
import type { Trace, TraceHeader, TraceStep } from '../src/trace/trace.ts'

/** What a simulated comparison is made of. */
export interface Plot {
  readonly prompt: string
  /** Token ids that the lanes will write; what is missing to the answer length is ends of sequence. */
  readonly diffusion: readonly number[]
  readonly autoregressive: readonly number[]
  readonly settings: DiffusionSettings
  readonly vocabulary: Vocabulary
  readonly pieces: Pieces
  /** Mean milliseconds of a forward pass. */
  readonly passMs: number
}

/** Rows whose most probable token is the wanted one, with a confidence that is drawn. */
function predict(wanted: readonly number[], vocabulary: Vocabulary, random: Random): Prediction {
  const rows = wanted.map((id) => {
    // Half of all readings are nearly sure, as with a trained model; the others spread.
    const probability =
      id === vocabulary.end
        ? 0.97
        : random.next() < 0.5
          ? 1 - random.next() ** 3 / 20
          : 0.3 + random.next() * 0.7
    const second = id === vocabulary.size - 1 ? id - 1 : id + 1
    return {
      ids: [id, second],
      logProbs: [Math.log(probability), Math.log(Math.min(probability, Math.max(1e-6, 1 - probability)) / 2)],
    }
  })
  return {
    length: wanted.length,
    k: 2,
    ids: Int32Array.from(rows.flatMap(({ ids }) => ids)),
    logProbs: Float32Array.from(rows.flatMap(({ logProbs }) => logProbs)),
    entropy: new Float32Array(wanted.length).fill(1),
  }
}

/** The real sampler over drawn predictions, on a clock that jitters: for sizes and tests, never for display. */
export function simulateComparison(plot: Plot): Comparison {
  const { prompt, settings, vocabulary, pieces, passMs } = plot
  const { answerLength, temperature, topK, seed } = settings
  const base = {
    prompt,
    promptIds: [],
    vocabulary,
    model: {
      name: 'diffuscope-5m',
      revision: '9f2c41d07ab3',
      parameters: 5_243_000,
      precision: '8-bit blocks of 32',
    },
    device: { backend: 'wasm' as const, label: 'WASM, 2 threads', threads: 2 },
    knowledge: WHOLE,
  }
  const randoms = randomAt(seed, 1_000_003)
  let at = 0
  const onClock = (event: StepEvent): TraceStep => {
    const pass = passMs * (0.9 + 0.2 * randoms.next() + (randoms.next() < 0.05 ? 0.5 : 0))
    at += pass + 0.3 * randoms.next()
    return { ...event, at, passMs: pass }
  }
  const runOf = (header: TraceHeader, steps: readonly TraceStep[]): Trace => ({
    header,
    steps,
    status: 'done',
  })

  const laneOf = (name: string, trace: Trace): Lane => {
    const { decoder } = trace.header
    return { id: decoder, name, decoder, trace, pieces, source: 'recorded' }
  }

  const target = Array.from({ length: answerLength }, (_, i) => plot.diffusion[i] ?? vocabulary.end)
  const diffusionSteps: TraceStep[] = []
  for (let state = startDiffusion(settings, vocabulary); !isFinished(state);) {
    const next = denoise(state, predict(target, vocabulary, randoms), randomAt(seed, state.step + 1))
    diffusionSteps.push(onClock(next.event))
    state = next.state
  }
  at = 0
  const written: TraceStep[] = []
  const sampling = { answerLength, temperature, topK, seed }
  for (let state = startAutoregressive(sampling, vocabulary); !state.finished;) {
    const id = plot.autoregressive[state.ids.length] ?? vocabulary.end
    const next = extend(state, predict([id], vocabulary, randoms), randomAt(seed, state.ids.length + 1))
    written.push(onClock(next.event))
    state = next.state
  }
  return {
    prompt,
    recordedAt: '2026-11-24T02:00:00.000Z',
    leader: 'diffusion',
    lanes: [
      laneOf('Diffusion', runOf({ ...base, decoder: 'diffusion', settings }, diffusionSteps)),
      laneOf('Autoregressive', runOf({ ...base, decoder: 'autoregressive', settings: sampling }, written)),
    ],
  }
}
