import { AdaptiveBits, AdaptiveNumbers, codePlain } from '../coding/adaptive.ts'
import { BitDecoder, BitEncoder, type BitCoder } from '../coding/bit-coder.ts'
import { open, seal } from '../coding/seal.ts'
import { TextCoder } from '../coding/text-coder.ts'
import { demand } from '../link-damage.ts'
import type { SharedComparison, SharedLane, SharedStep } from '../shared-comparison.ts'
import { Budget } from './budget.ts'
import { withDrafts } from './draft-words.ts'
import { PRIMER } from './primer.ts'
import { RunCoder } from './run-coder.ts'
import { LIMITS } from './tables.ts'
import { TokenCoder } from './token-coder.ts'
import { readWords, writeWords } from './words.ts'

/** Writes version 3. Throws `LinkDamage` where the comparison passes a limit. */
export function writeVersion3(shared: SharedComparison): Uint8Array {
  const encoder = new BitEncoder()
  code(encoder, shared)
  return seal(encoder.finish())
}

/** Reads version 3; what follows it is left out. Throws `LinkDamage`, `NewerLink`, or what the text decoder and JSON throw. */
export function readVersion3(bytes: Uint8Array): SharedComparison {
  return code(new BitDecoder(open(bytes)))
}

/** Writes a comparison, or reads it where there is none; returns it. */
function code(coder: BitCoder, shared?: SharedComparison): SharedComparison {
  const flag = (holds?: boolean) => codePlain(coder, 1, holds === undefined ? undefined : Number(holds)) === 1
  const isDated = flag(shared && shared.recordedAt !== null)
  const recordedAt = isDated ? codePlain(coder, 32, shared?.recordedAt ?? undefined) : null
  const hideControls = flag(shared?.teacher.hideControls)
  const lockStep = flag(shared?.teacher.lockStep)

  const text = new TextCoder(PRIMER, LIMITS.textBytes)
  const words = text.code(coder, LIMITS.textBytes, shared && new TextEncoder().encode(writeWords(shared)))
  const worded = readWords(new TextDecoder('utf-8', { fatal: true }).decode(words))

  const budget = new Budget()
  const tables = new TableCoder(coder, text, budget, shared?.tables)
  const runs = new RunCoder(coder, budget)
  const lanes: SharedLane[] = []
  for (const [at, lane] of worded.lanes.entries()) {
    const { run: given = null } = shared?.lanes[at] ?? {}
    if (lane.run === null) {
      lanes.push({ ...lane, run: null })
      continue
    }
    const { reasons: _, drafts, ...run } = lane.run
    const { table, tokens } = tables.code(given?.table)
    const heritage = heritageOf(lane, table, lanes)
    const bits = runs.code(lane.decoder, lane.run, tokens, heritage, given ?? undefined)
    lanes.push({ ...lane, run: { ...run, table, ...bits, steps: withDrafts(bits.steps, drafts) } })
  }
  const { prompt, caption, leader, clock } = worded
  return {
    ...{ prompt, recordedAt, lanes, leader, caption },
    tables: tables.pieces,
    playhead: { clock, steps: codeStands(coder, lanes, shared?.playhead.steps) },
    teacher: { hideControls, lockStep },
  }
}

/** Steps that a lane may have from its parent, where that stands before it and is told in the same tokens. */
function heritageOf(
  { parent, decoder }: Pick<SharedLane, 'parent' | 'decoder'>,
  table: number,
  before: readonly SharedLane[],
): SharedStep[] {
  const from = before.find(({ id }) => id === parent?.lane)
  if (!parent || !from?.run || from.run.table !== table || from.decoder !== decoder) return []
  return stepsOf(from, before).slice(0, parent.step)
}

/** All steps of a lane, those of its parents included. */
function stepsOf({ run, parent }: SharedLane, lanes: readonly SharedLane[]): SharedStep[] {
  if (run === null) return []
  const from = run.inherited > 0 && lanes.find(({ id }) => id === parent?.lane)
  return [...(from ? stepsOf(from, lanes).slice(0, run.inherited) : []), ...run.steps]
}

/** One coder of tokens for each table of pieces; most lanes have that of the lane before. */
class TableCoder {
  readonly #coder: BitCoder
  readonly #text: TextCoder
  readonly #budget: Budget
  readonly #given: SharedComparison['tables'] | undefined
  readonly #coders: TokenCoder[] = []
  readonly #stays = new AdaptiveBits(1)
  readonly #tables = new AdaptiveNumbers()
  #last = -1

  constructor(coder: BitCoder, text: TextCoder, budget: Budget, given?: SharedComparison['tables']) {
    this.#coder = coder
    this.#text = text
    this.#budget = budget
    this.#given = given
  }

  get pieces(): SharedComparison['tables'] {
    return this.#coders.map(({ pieces }) => pieces)
  }

  code(given?: number): { readonly table: number; readonly tokens: TokenCoder } {
    const table = this.#last < 0 ? 0 : this.#codeIndex(given)
    this.#last = table
    if (table === this.#coders.length) {
      this.#coders.push(new TokenCoder(this.#coder, this.#text, this.#budget, this.#given?.[table]))
    }
    return { table, tokens: this.#coders[table]! }
  }

  #codeIndex(given?: number): number {
    if (this.#stays.flag(this.#coder, 0, given === undefined ? undefined : given === this.#last))
      return this.#last
    const table = this.#tables.code(this.#coder, 0, given)
    demand(table <= this.#coders.length, 'a table of tokens is not there')
    return table
  }
}

/** The step on which the sender's playhead stood in each lane: mostly the last one, if any. */
function codeStands(
  coder: BitCoder,
  lanes: readonly SharedLane[],
  given?: readonly (number | null)[],
): (number | null)[] {
  const [isKnown, isEnd, stands] = [new AdaptiveBits(2), new AdaptiveBits(2), new AdaptiveNumbers()]
  let [wasKnown, wasEnd] = [0, 0]
  return lanes.map((lane, at) => {
    if (lane.run === null) return null
    const step = given?.[at]
    wasKnown = isKnown.code(coder, wasKnown, given && Number(step !== null && step !== undefined))
    if (wasKnown === 0) return null
    const end = lane.run.inherited + lane.run.steps.length
    wasEnd = isEnd.code(coder, wasEnd, given && Number(step === end))
    if (wasEnd === 1) return end
    const stand = stands.code(coder, 0, step ?? undefined)
    demand(stand < Math.max(1, end), 'its playhead stands behind the end')
    return stand
  })
}
