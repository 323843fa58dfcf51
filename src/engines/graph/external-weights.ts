/** A tensor that the runtime asks for when it wants it. */
export interface Supply {
  readonly offset: number
  readonly length: number
  /** Its bytes; the runtime copies them before it asks for the next. */
  bytes(): Uint8Array
}

/**
 * A file of weights that never stands in memory. onnxruntime-web (1.30) asks the `data` of an external file
 * only for its length and, once a tensor, for the bytes between two places; so an array of no length that
 * answers these hands tensor by tensor over.
 */
export class ExternalWeights extends Uint8Array<ArrayBuffer> {
  readonly #supplies: ReadonlyMap<number, Supply>
  readonly #length: number

  constructor(supplies: readonly Supply[]) {
    super(new ArrayBuffer(0))
    this.#supplies = new Map(supplies.map((supply) => [supply.offset, supply]))
    this.#length = supplies.reduce((end, { offset, length }) => Math.max(end, offset + length), 0)
  }

  override get byteLength(): number {
    return this.#length
  }

  override get length(): number {
    return this.#length
  }

  override subarray(begin = 0, end = this.#length): Uint8Array<ArrayBuffer> {
    const supply = this.#supplies.get(begin)
    const bytes = supply?.bytes()
    if (!bytes || bytes.length !== end - begin) {
      throw new Error(`No tensor of the model takes the bytes ${begin} to ${end} of its weights.`)
    }
    return bytes as Uint8Array<ArrayBuffer>
  }
}
