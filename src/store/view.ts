import { createStore, type StoreApi } from 'zustand/vanilla'

/** How a lane is drawn: as one text that fills in, or as a cell a position. */
export const VIEWS = ['text', 'cells'] as const
export type View = (typeof VIEWS)[number]

/** What the colour of a place tells: how sure, in which pass, how often its guess changed. */
export const TINTS = ['sureness', 'order', 'changes', 'none'] as const
export type Tint = (typeof TINTS)[number]

/** How what is shown looks. */
export interface Look {
  readonly view: View
  readonly tint: Tint
}

export const USUAL_LOOK: Look = { view: 'text', tint: 'sureness' }

export interface ViewState extends Look {
  /** Whether a place's colour by its pass may still be proposed: that is done once. */
  readonly proposes: boolean
  /** Whether blanks and breaks of the text are made visible. */
  readonly blanks: boolean
  /** Whether each lane tells all of its numbers: its model and device, too. */
  readonly numbers: boolean
  setView(view: View): void
  setTint(tint: Tint): void
  setBlanks(blanks: boolean): void
  setNumbers(numbers: boolean): void
}

export function createViewStore(look: Look): StoreApi<ViewState> {
  return createStore<ViewState>()((set) => ({
    ...look,
    proposes: look.tint === 'sureness',
    blanks: false,
    numbers: false,
    setView: (view) => set({ view }),
    setTint: (tint) => set({ tint, proposes: false }),
    setBlanks: (blanks) => set({ blanks }),
    setNumbers: (numbers) => set({ numbers }),
  }))
}
