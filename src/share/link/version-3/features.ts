import type { BitCoder } from '../coding/bit-coder.ts'
import type { SharedRun } from '../shared-comparison.ts'
import type { LaneModel } from './lane-model.ts'

/** Parts of a run that most have not. */
export interface Features {
  readonly canvas: boolean
  readonly edits: boolean
  readonly splices: boolean
}

const NONE: Features = { canvas: false, edits: false, splices: false }

/** Whether a run has none of them, or else a flag for each. */
export function codeFeatures(
  coder: BitCoder,
  model: LaneModel,
  run?: Pick<SharedRun, 'canvas' | 'steps'>,
): Features {
  const has = run && {
    canvas: run.canvas !== undefined,
    edits: run.steps.some(({ edit }) => edit),
    splices: run.steps.some(({ splices }) => splices.length > 0),
  }
  const isPlain = has && !has.canvas && !has.edits && !has.splices
  if (model.isPlain.flag(coder, 0, isPlain)) return NONE
  return {
    canvas: model.features.flag(coder, 0, has?.canvas),
    edits: model.features.flag(coder, 1, has?.edits),
    splices: model.features.flag(coder, 2, has?.splices),
  }
}
