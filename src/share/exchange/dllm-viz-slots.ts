import type { DllmVizFrame, DllmVizTrace } from './dllm-viz-schema.ts'
import { ImportError } from './imported.ts'
import type { TokenTable } from './token-table.ts'

type Slot = DllmVizTrace['initial']['slots'][number]
type Operation = DllmVizFrame['operations'][number]
type SlotState = Slot['state']

/** A slot of the answer as the operations so far have left it. Operations that name no token keep its own. */
interface Standing {
  readonly state: SlotState
  /** Null while it never had a token, or lost it. */
  readonly id: number | null
}

/** What an operation did to a slot. */
export interface Touched {
  readonly position: number
  /** What the canvas shows there now. */
  readonly id: number
  /** A token that is proposed and stands under the mask. */
  readonly proposed: number | null
}

/** States in which a slot's token is drawn as part of the text. */
const STANDING: ReadonlySet<SlotState> = new Set<SlotState>(['prompt', 'committed', 'fixed', 'unknown'])

/** The slots of an answer, changed by one operation after the other. */
export class AnswerSlots {
  readonly #positionOf: ReadonlyMap<string, number>
  readonly #others: ReadonlySet<string>
  readonly #slots: Standing[]
  readonly #table: TokenTable
  readonly #mask: number
  readonly #end: number

  constructor(
    slots: readonly Slot[],
    others: readonly Slot[],
    { table, mask, end }: { readonly table: TokenTable; readonly mask: number; readonly end: number },
  ) {
    this.#positionOf = new Map(slots.map(({ slotId }, position) => [slotId, position]))
    if (this.#positionOf.size < slots.length)
      throw new ImportError('initial.slots', 'two slots have the same slotId')
    this.#others = new Set(others.map(({ slotId }) => slotId))
    this.#table = table
    this.#mask = mask
    this.#end = end
    this.#slots = slots.map(({ state, tokenId, text }) => ({ state, id: this.#name(null, tokenId, text) }))
  }

  /** Ids that stand on the canvas, by position. */
  canvas(): number[] {
    return this.#slots.map((slot) => this.#shown(slot))
  }

  /** The position of a slot; null for one of the prompt. Throws where there is none. */
  positionOf(slotId: string, path: string): number | null {
    const position = this.#positionOf.get(slotId)
    if (position !== undefined) return position
    if (this.#others.has(slotId)) return null
    throw new ImportError(`${path}.slotId`, `there is no slot ${JSON.stringify(slotId.slice(0, 40))}`)
  }

  /** Applies an operation that changes a slot of the answer; null where it is not about one. */
  apply(
    operation: Extract<Operation, { type: 'set-token' | 'commit' | 'mask' | 'renoise' }>,
    path: string,
  ): Touched | null {
    const position = this.positionOf(operation.slotId, path)
    if (position === null) return null
    const before = this.#slots[position]!
    const slot = this.#changed(before, operation)
    this.#slots[position] = slot
    const isOpen = slot.id !== null && !STANDING.has(slot.state) && slot.state !== 'padding'
    // A token that is named without a state, or with one that isn't final, is a proposal.
    const proposes =
      isOpen && operation.type === 'set-token' && slot.state !== 'renoised' && !isHidden(operation)
    return { position, id: this.#shown(slot), proposed: proposes ? slot.id : null }
  }

  #changed({ state, id }: Standing, operation: Parameters<AnswerSlots['apply']>[0]): Standing {
    switch (operation.type) {
      case 'mask':
        return { state: 'masked', id: null }
      case 'renoise':
        return { state: 'renoised', id }
      case 'commit':
        return { state: 'committed', id: this.#name(id, operation.tokenId, operation.text) }
      case 'set-token':
        return { state: operation.state ?? state, id: this.#name(id, operation.tokenId, operation.text) }
    }
  }

  /** The token that an id, a text or both name; the one that stands there where they name none. */
  #name(standing: number | null, tokenId: number | undefined, text: string | undefined): number | null {
    if (tokenId === undefined && text === undefined) return standing
    if (tokenId === undefined && standing !== null && !this.#table.hasText(standing)) {
      return this.#table.idOf(standing, text)
    }
    return this.#table.idOf(tokenId, text)
  }

  #shown({ state, id }: Standing): number {
    if (state === 'padding') return this.#end
    return STANDING.has(state) && id !== null ? id : this.#mask
  }
}

/** Whether an operation says that what it names is not to be seen. */
function isHidden({ state }: { readonly state?: SlotState }): boolean {
  return state === 'masked' || state === 'renoised'
}
