import * as v from 'valibot'
import type { CommitReason } from '../../core/step-event.ts'
import { finite, whole } from './numbers.ts'

/** Why a token was committed; a rule that is not here is one that this page does not know. */
export const ReasonSchema = v.variant('rule', [
  v.object({ rule: v.literal('quota'), quota: whole, of: whole }),
  v.object({ rule: v.literal('random'), quota: whole, of: whole }),
  v.object({ rule: v.literal('threshold'), threshold: finite, of: whole }),
  v.object({ rule: v.literal('factor'), factor: finite, of: whole }),
  v.object({ rule: v.literal('at-least-one'), of: whole }),
  v.object({ rule: v.literal('tail'), floor: finite }),
  v.object({ rule: v.literal('next') }),
  v.object({ rule: v.literal('taken-back') }),
  v.object({ rule: v.literal('edited'), threshold: finite }),
  v.object({ rule: v.literal('noise') }),
  v.object({ rule: v.picklist(['pinned', 'replaced', 'masked']) }),
  v.object({ rule: v.literal('unknown') }),
]) satisfies v.GenericSchema<CommitReason>
