/** What a row sees of its own pass: what stands left of it, or everything. */
export type Sight = 'causal' | 'all'

/** Added to the scores of what isn't seen: its weight is zero in 32-bit floats. */
const HIDDEN = -10_000

/**
 * The bias `[rows · group, room + rows]` by which rows see the filled places of a cache and each other: 0
 * where one sees, very negative where not. Each row stands there as often as heads share a key head.
 */
export function attentionBias(
  rows: number,
  { length, room }: { readonly length: number; readonly room: number },
  sight: Sight,
  group: number,
): Float32Array {
  const seen = room + rows
  const bias = new Float32Array(rows * group * seen)
  for (let line = 0; line < rows * group; line++) {
    const start = line * seen
    bias.fill(HIDDEN, start + length, start + room)
    if (sight === 'causal') bias.fill(HIDDEN, start + room + Math.floor(line / group) + 1, start + seen)
  }
  return bias
}
