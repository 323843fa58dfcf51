/** Bytes of the weights by their place in the stream, synchronously: the runtime asks while it makes a session. */
export interface WeightsStream {
  /** May be a view of what is kept, or of what the next call overwrites. */
  read(offset: number, bytes: number): Uint8Array
}

/** A piece of the stream: a file in memory, on a disk or in the browser's store. */
export interface Shard {
  readonly bytes: number
  read(offset: number, bytes: number): Uint8Array
}

export function shardInMemory(content: Uint8Array): Shard {
  return { bytes: content.length, read: (offset, bytes) => content.subarray(offset, offset + bytes) }
}

/** Shards joined; a part that crosses a cut is put together anew. */
export function weightsStream(shards: readonly Shard[]): WeightsStream {
  const length = shards.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    read(offset, bytes) {
      const end = offset + bytes
      if (end > length) throw new Error(`The weights end before byte ${end}: some of the model is missing.`)
      const whole = new Uint8Array(bytes)
      let begin = 0
      for (const shard of shards) {
        const from = Math.max(offset, begin)
        const to = Math.min(end, begin + shard.bytes)
        if (from < to) {
          const part = shard.read(from - begin, to - from)
          if (part.length === bytes) return part
          whole.set(part, from - offset)
        }
        begin += shard.bytes
      }
      return whole
    },
  }
}
