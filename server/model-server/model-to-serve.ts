import type { Prediction } from '../../src/core/prediction.ts'
import type { RemoteCard } from '../../src/engines/remote/remote-card.ts'

/** A model behind the protocol. */
export interface ModelToServe {
  readonly card: RemoteCard
  /** Predicts every position of the ids, those that hold no mask included; `card.topK` candidates a position. */
  predict(ids: readonly number[]): Promise<Prediction>
}
