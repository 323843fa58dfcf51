import type { TraceVocabulary } from '../../../trace/trace.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { demand } from '../link-damage.ts'
import type { SharedReading, SharedStep } from '../shared-comparison.ts'
import type { Budget } from './budget.ts'
import type { LaneModel } from './lane-model.ts'
import { LIMITS } from './tables.ts'
import type { TokenCoder } from './token-coder.ts'

/** What each step said of the positions that it read: mostly all of them, and mostly what the step before said. */
export function codeReadings(
  coder: BitCoder,
  model: LaneModel,
  budget: Budget,
  tokens: TokenCoder,
  vocabulary: TraceVocabulary,
  steps: number,
  given?: readonly SharedStep[],
): SharedReading[][] {
  const last = new Map<number, number>()
  let wasSame = 0
  return Array.from({ length: steps }, (_, step) => {
    const readings = given?.[step]!.said
    const count = model.readingCounts.code(coder, 0, readings?.length)
    budget.spend('tokens', count)
    let position = -1
    return Array.from({ length: count }, (_, index): SharedReading => {
      const reading = readings?.[index]
      position += 1 + model.readingGaps.code(coder, 0, reading && reading.position - position - 1)
      demand(position < LIMITS.positions, 'it reads outside the answer')
      const before = last.get(position)
      const isSame =
        before !== undefined && model.saysTheSame.flag(coder, wasSame, reading && reading.id === before)
      wasSame = Number(isSame)
      const id = isSame ? before : tokens.code(coder, vocabulary, null, reading?.id)
      last.set(position, id)
      return { position, id, confidence: model.readings.code(coder, wasSame, reading?.confidence) }
    })
  })
}
