import { AdaptiveBits, AdaptiveNumbers } from '../coding/adaptive.ts'
import { ConfidenceCoder } from './confidence-coder.ts'

/** What is learnt of the lanes of one decoder: the next one is told with what is known of those before. */
export class LaneModel {
  readonly isPlain = new AdaptiveBits(1)
  readonly features = new AdaptiveBits(3)
  readonly isGiven = new AdaptiveBits(2)
  readonly inheritsAll = new AdaptiveBits(1)
  readonly units = new AdaptiveNumbers()
  readonly stepCounts = new AdaptiveNumbers()

  readonly isEdit = new AdaptiveBits(2)
  readonly splices = new AdaptiveNumbers(4)
  readonly staysInBlock = new AdaptiveBits(1)
  readonly blockMoves = new AdaptiveNumbers()
  readonly blockLengths = new AdaptiveNumbers()
  readonly ticks = new AdaptiveNumbers()

  readonly commitCounts = new AdaptiveNumbers(4)
  readonly isRevision = new AdaptiveBits(1)
  readonly revised = new AdaptiveNumbers()
  readonly jumps = new AdaptiveNumbers(2)
  readonly confidences = new ConfidenceCoder(2)

  readonly ofs = new AdaptiveNumbers()
  readonly quotas = new AdaptiveNumbers()

  readonly readingCounts = new AdaptiveNumbers()
  readonly readingGaps = new AdaptiveNumbers()
  readonly saysTheSame = new AdaptiveBits(2)
  readonly readings = new ConfidenceCoder(2)
}
