/**
 * The tensors of a step as both ends of the wire know them. −1 is any size: sequences, tokens, candidates.
 * `causal` is for servers whose card has the decoder `autoregressive`.
 */
export const STEP_INPUTS = [
  { name: 'input_ids', datatype: 'INT64', shape: [-1, -1] },
  { name: 'attention_mask', datatype: 'INT64', shape: [-1, -1] },
  { name: 'top_k', datatype: 'INT32', shape: [-1, 1] },
] as const

/** True: read from left to right, and predict the one token that follows the ids. */
export const CAUSAL_INPUT = { name: 'causal', datatype: 'BOOL', shape: [-1, 1] } as const

export const STEP_ANSWER = [
  { name: 'topk_ids', datatype: 'INT32', shape: [-1, -1, -1] },
  { name: 'topk_logprobs', datatype: 'FP32', shape: [-1, -1, -1] },
  { name: 'entropy', datatype: 'FP32', shape: [-1, -1] },
] as const

/** Outputs of a step; every row is about its own position: the server has undone the model's shift. */
export const STEP_OUTPUTS = STEP_ANSWER.map(({ name }) => name)
