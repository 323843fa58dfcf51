/** One way to decode, as an account needs it. */
export interface DecoderPrice {
  /** Milliseconds of a forward pass. */
  readonly passMs: number
  readonly tokensPerPass: number
  /** Dollars a million tokens. */
  readonly inPrice: number
  readonly outPrice: number
}

/** What an agent asks for. */
export interface AgentWork {
  readonly calls: number
  /** Tokens that a call reads, and writes. */
  readonly tokensIn: number
  readonly tokensOut: number
}

export interface AgentCost {
  /** Of all calls, one after the other; reading the prompt is left out. */
  readonly seconds: number
  readonly dollars: number
}

/** What a whole job costs by one decoder. */
export function agentCost({ calls, tokensIn, tokensOut }: AgentWork, decoder: DecoderPrice): AgentCost {
  const passes = (calls * tokensOut) / decoder.tokensPerPass
  return {
    seconds: (passes * decoder.passMs) / 1000,
    dollars: (calls * (tokensIn * decoder.inPrice + tokensOut * decoder.outPrice)) / 1e6,
  }
}
