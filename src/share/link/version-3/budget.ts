import { demand } from '../link-damage.ts'
import { LIMITS } from './tables.ts'

type Counted = 'steps' | 'tokens' | 'splices' | 'pieces'

/** What all lanes of a link may hold together: a hostile one may claim thousands of things in a few bits. */
export class Budget {
  readonly #left: Record<Counted, number> = {
    steps: LIMITS.steps,
    tokens: LIMITS.tokens,
    splices: LIMITS.splices,
    pieces: LIMITS.pieces,
  }

  /** Throws `LinkDamage` where more is claimed than there may be. */
  spend(what: Counted, count = 1): void {
    this.#left[what] -= count
    demand(this.#left[what] >= 0, `it claims too many ${what}`)
  }
}
