/** Added to the attention scores of padding: its weight is zero in 32-bit floats. */
const HIDDEN = -10_000

/** Inputs of a denoising graph, `[batch, window]` each: token ids, and what is added to attention scores. */
export interface PaddedInputs {
  readonly ids: Int32Array
  readonly bias: Float32Array
}

/** Writes a sequence, given in parts, into a row of inputs; the rest of the row is padding. */
export function writeRow(
  { ids, bias }: PaddedInputs,
  { row, window, pad }: { readonly row: number; readonly window: number; readonly pad: number },
  ...parts: readonly ArrayLike<number>[]
): void {
  let at = row * window
  const end = at + window
  bias.fill(0, at, end)
  for (const part of parts) {
    ids.set(part, at)
    at += part.length
  }
  ids.fill(pad, at, end)
  bias.fill(HIDDEN, at, end)
}
