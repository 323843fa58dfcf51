import type { Prediction } from '../../src/core/prediction.ts'
import type { RemoteCard } from '../../src/engines/remote/remote-card.ts'
import type { Done } from './batches.ts'
import type { Party } from './rotation.ts'

/** A model behind the protocol. */
export interface ModelToServe {
  readonly card: RemoteCard
  /**
   * Predicts every position of the ids, those that hold no mask included; `card.topK` candidates a position.
   * Rejects with the signal's reason where nobody waits any more, and with `Full` where too many do.
   *
   * @param party whose turn it takes
   */
  predict(ids: readonly number[], party: Party, signal: AbortSignal): Promise<Done<Prediction>>
  /** Predicts the one token that follows the ids, which are read from left to right. */
  next(ids: readonly number[], party: Party, signal: AbortSignal): Promise<Done<Prediction>>
  /** Loads it; rejects where it cannot be loaded. Predictions wait for that by themselves. */
  warmUp(): Promise<void>
  /** What it has done so far, as the protocol's statistics extension writes it. */
  statistics(): unknown
  close(): Promise<void>
}
