/** Passes of one batch size. */
interface BatchCount {
  passes: number
  computeMs: number
}

/** What a model has done since it is served. */
export interface Statistics {
  /** Notes a pass and how long each of its sequences had waited. */
  note(pass: { readonly batch: number; readonly computeMs: number }): void
  noteWait(queueMs: number): void
  /** As the protocol's statistics extension writes it. https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_statistics.md */
  report(name: string): unknown
}

const nanoseconds = (milliseconds: number) => Math.round(milliseconds * 1e6)

export function createStatistics(): Statistics {
  const sizes = new Map<number, BatchCount>()
  let waits = 0
  let waitedMs = 0
  return {
    note({ batch, computeMs }) {
      const count = sizes.get(batch) ?? { passes: 0, computeMs: 0 }
      sizes.set(batch, { passes: count.passes + 1, computeMs: count.computeMs + computeMs })
    },
    noteWait(queueMs) {
      waits++
      waitedMs += queueMs
    },
    report(name) {
      const all = [...sizes].sort(([a], [b]) => a - b)
      const total = (of: (size: number, count: BatchCount) => number) =>
        all.reduce((sum, [size, count]) => sum + of(size, count), 0)
      const inferences = total((size, { passes }) => size * passes)
      const computeMs = total((size, count) => size * count.computeMs)
      return {
        model_stats: [
          {
            ...{ name, version: '1' },
            inference_count: inferences,
            execution_count: total((_, { passes }) => passes),
            inference_stats: {
              queue: { count: waits, ns: nanoseconds(waitedMs) },
              compute_infer: { count: inferences, ns: nanoseconds(computeMs) },
            },
            batch_stats: all.map(([size, count]) => ({
              batch_size: size,
              compute_infer: { count: count.passes, ns: nanoseconds(count.computeMs) },
            })),
          },
        ],
      }
    },
  }
}
