import * as v from 'valibot'

const Row = v.array(v.number())

/**
 * What the model says to a fixed input, computed by its trainer: `golden` in the manifest. A row is one
 * of the graph's, `[2k + 2]`: k logits, k ids, log-sum-exp, entropy in nats.
 */
export const GoldenSchema = v.object({
  denoise: v.object({
    promptIds: v.array(v.number()),
    answerIds: v.array(v.number()),
    /** A row for every position of the answer. */
    packed: v.array(Row),
  }),
  extend: v.object({
    promptIds: v.array(v.number()),
    nextIds: v.array(v.number()),
    /** A row for the token after the prompt and one after every further token. */
    packed: v.array(Row),
  }),
})
