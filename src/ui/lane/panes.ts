import { useMemo } from 'react'
import type { Lane, Comparison } from '../../share/comparison.ts'
import { plansOf, type Recipe } from '../../store/recipe.ts'
import { isText } from '../../trace/knowledge.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import type { Decoder, Trace } from '../../trace/trace.ts'
import { useRecipe, useRun } from '../stores-context.ts'
import { accentOf } from './accent.ts'

/** A lane as it is laid out. */
export interface Pane {
  readonly id: string
  readonly name: string
  readonly decoder: Decoder
  /** Null where nothing is shown yet: the pane keeps the room of a run that is planned. */
  readonly lane: Lane | null
  /** Which of the style sheet's accents it has. */
  readonly accent: number
  /** Cells that room is kept for. */
  readonly slots: number
}

function panesOf(lanes: readonly Omit<Pane, 'accent'>[]): Pane[] {
  return lanes.map((lane) => ({ ...lane, accent: accentOf(lanes, lane) }))
}

function plannedPanes(recipe: Recipe): Pane[] {
  return panesOf(
    plansOf(recipe).map(({ id, name, request: { decoder, settings } }) => ({
      id,
      name,
      decoder,
      lane: null,
      slots: settings.answerLength,
    })),
  )
}

/** A lane that has not begun is given the room of one that has. */
function shownPanes({ lanes }: Comparison, planned: number): Pane[] {
  const began = lanes.find(({ trace }) => trace !== null && !isText(trace.header.knowledge))?.trace ?? null
  const slotsOf = (trace: Trace | null) => (trace === null ? planned : positionsOf(trace))
  return panesOf(
    lanes.map((lane) => ({
      id: lane.id,
      name: lane.name,
      decoder: lane.decoder,
      lane,
      slots: slotsOf(lane.trace ?? began),
    })),
  )
}

/** The panes of what is shown, or of the run that the page would make. */
export function usePanes(): readonly Pane[] {
  const shown = useRun((state) => state.shown)
  const recipe = useRecipe((state) => state)
  const planned = recipe.settings.answerLength
  const empty = useMemo(() => plannedPanes(recipe), [recipe])
  const full = useMemo(() => shown && shownPanes(shown, planned), [shown, planned])
  return full ?? empty
}
