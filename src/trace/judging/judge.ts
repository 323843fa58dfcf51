import { judgeOrder } from './judge-order.ts'
import { judgeRecord } from './judge-record.ts'
import { judgeShortList } from './judge-short-list.ts'
import { judgeSudoku } from './judge-sudoku.ts'
import { judgeSum } from './judge-sum.ts'
import type { Judge, Judgement } from './judgement.ts'

const JUDGES: readonly Judge[] = [judgeSudoku, judgeRecord, judgeSum, judgeOrder, judgeShortList]

/**
 * Whether an answer is right, where a rule can tell by the prompt alone: the rules of the small world's checkers
 * (`model/diffuscope_model/corpus/kinds`), for sums, lists in order, sudokus of four by four, JSON and short lists.
 *
 * @returns null where no rule knows the prompt
 */
export function judge(prompt: string, answer: string): Judgement | null {
  for (const of of JUDGES) {
    const found = of(prompt, answer)
    if (found !== null) return found
  }
  return null
}
