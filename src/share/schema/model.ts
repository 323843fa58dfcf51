import * as v from 'valibot'
import { STEP_KINDS } from '../../trace/knowledge.ts'
import { whole } from './numbers.ts'

/** Fields in the order in which they are written. */
export const modelEntries = {
  name: v.string(),
  revision: v.string(),
  parameters: whole,
  precision: v.string(),
}

export const deviceEntries = {
  backend: v.picklist(['webgpu', 'wasm', 'cpu', 'remote']),
  label: v.string(),
  threads: v.exactOptional(whole),
}

/** `mask` is null where a model has none: every place always holds a token. */
export const vocabularyEntries = {
  size: whole,
  mask: v.nullable(whole),
  end: whole,
  suppressed: v.array(whole),
}

export const StepKindSchema = v.picklist(STEP_KINDS)
