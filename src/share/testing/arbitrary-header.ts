import fc from 'fast-check'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import { changeSettings } from '../../core/change-settings.ts'
import { STRATEGY_NAMES } from '../../core/strategies/strategy-of.ts'
import { STEP_KINDS } from '../../trace/knowledge.ts'
import type { Decoder, TraceHeader } from '../../trace/trace.ts'

export const count = (max: number, min = 0) => fc.integer({ min, max })
export const share = fc.double({ min: 0, max: 1, noNaN: true })
/** Without −0, which JSON makes 0. */
const upTo = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((value) => value + 0)

const models = fc.record({
  name: fc.string(),
  revision: fc.string({ maxLength: 64 }),
  parameters: count(2 ** 31 - 1),
  precision: fc.string(),
})

const devices = fc.record(
  {
    backend: fc.constantFrom('webgpu' as const, 'wasm' as const, 'cpu' as const, 'remote' as const),
    label: fc.string({ unit: 'grapheme' }),
    threads: count(64, 1),
  },
  { requiredKeys: ['backend', 'label'] },
)

const settings = fc
  .record({
    strategy: fc.constantFrom(...STRATEGY_NAMES),
    answerLength: count(24, 1),
    block: share,
    steps: count(24, 1),
    temperature: upTo(4),
    topK: count(50, 1),
    seed: fc.maxSafeNat(),
    threshold: upTo(1),
    factor: upTo(1),
    eta: upTo(1),
    edit: upTo(1),
  })
  .map(({ strategy, answerLength, block, ...rest }) => {
    const blockLength = 1 + Math.floor(block * (answerLength - 1))
    return changeSettings(defaultDiffusionSettings(answerLength, strategy), { ...rest, blockLength })
  })

const knowledge = fc.record({
  confidence: fc.boolean(),
  candidates: fc.boolean(),
  guesses: fc.boolean(),
  reasons: fc.boolean(),
  clock: fc.boolean(),
  steps: fc.constantFrom(...STEP_KINDS),
})

/** Headers of any run: models with a mask and without one, canvases that begin as masks or as what is given. */
export function arbitraryHeader(decoder: Decoder): fc.Arbitrary<TraceHeader> {
  return fc
    .record({
      prompt: fc.constantFrom('', 'a prompt'),
      size: count(300, 12),
      hasMask: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, fc.boolean()),
      model: models,
      device: devices,
      knowledge,
      settings,
      canvas: fc.option(
        fc.record({
          ids: fc.array(count(11), { minLength: 1, maxLength: 24 }),
          given: fc.uniqueArray(count(23), { maxLength: 6 }),
        }),
      ),
    })
    .map(({ size, hasMask, settings, canvas, ...rest }) => {
      const vocabulary = { size, mask: hasMask ? 0 : null, end: 1, suppressed: [0, 2] }
      const base = { ...rest, promptIds: [], vocabulary }
      if (decoder === 'autoregressive') {
        const { answerLength, temperature, topK, seed } = settings
        const passes = { ...rest.knowledge, steps: 'pass' as const }
        return { ...base, knowledge: passes, decoder, settings: { answerLength, temperature, topK, seed } }
      }
      const noise = Array.from({ length: settings.answerLength }, (_, at) => (at * 7) % 12)
      const begun = canvas ?? (hasMask ? null : { ids: noise, given: [] })
      const given = (begun?.given ?? [])
        .filter((position) => position < begun!.ids.length)
        .sort((a, b) => a - b)
      return { ...base, decoder, settings, ...(begun && { canvas: { ids: begun.ids, given } }) }
    })
}
