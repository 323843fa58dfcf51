/** A request that is not passed on, or an upstream that gave nothing to pass on: a status and a sentence. */
export class Refusal extends Error {
  readonly statusCode: number
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | null

  constructor(statusCode: number, sentence: string, retryAfter: number | null = null) {
    super(sentence)
    this.statusCode = statusCode
    this.retryAfter = retryAfter
  }
}

/** A refusal in an upstream's own words: they may speak of a prompt, so they go to its author and into no log. */
export class UpstreamRefusal extends Refusal {}
