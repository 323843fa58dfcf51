import { ExternalWeights, type Supply } from './external-weights.ts'
import {
  encodeModel,
  type Attribute,
  type Dimension,
  type Element,
  type External,
  type Inline,
  type Node,
  type Value,
} from './onnx-model.ts'

/** The domain of onnxruntime's own operators. */
export const CONTRIB = 'com.microsoft'

/** Opset of the standard operators: the last before opset 23's, which WebGPU doesn't run. */
const STANDARD = 21

const WEIGHTS = 'weights'
/** Tensors of a file begin at multiples of this. */
const ALIGNED = 64

const BYTES: Readonly<Record<Element, number>> = { float32: 4, uint8: 1, int8: 1, int32: 4, int64: 8 }

export interface Operation {
  readonly domain?: string
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A model for onnxruntime: what `InferenceSession.create` takes. */
export interface WrittenModel {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly externalData: readonly { readonly path: string; readonly data: ExternalWeights }[]
}

/** An ONNX graph that grows node by node; values are known by their names. */
export class Graph {
  readonly #name: string
  readonly #nodes: Node[] = []
  readonly #inputs: Value[] = []
  readonly #outputs: Value[] = []
  readonly #initializers = new Map<string, Inline | External>()
  readonly #supplies: Supply[] = []
  /** Of values that are outputs: what they are called outside. */
  readonly #names = new Map<string, string>()
  #end = 0

  constructor(name: string) {
    this.#name = name
  }

  input(name: string, element: Element, shape: readonly Dimension[]): string {
    this.#inputs.push({ name, element, shape })
    return name
  }

  /** Gives a value the name by which `run` answers it. */
  output(name: string, value: string, shape: readonly Dimension[]): void {
    this.#names.set(value, name)
    this.#outputs.push({ name, element: 'float32', shape })
  }

  /** A small constant; equal ones are kept once. */
  constant(
    element: 'float32' | 'int32' | 'int64',
    shape: readonly number[],
    values: readonly number[],
  ): string {
    const content =
      element === 'float32'
        ? Float32Array.from(values)
        : element === 'int32'
          ? Int32Array.from(values)
          : BigInt64Array.from(values, BigInt)
    const name = `${element}[${shape.join()}]${values.length > 8 ? `#${this.#initializers.size}` : values.join()}`
    if (!this.#initializers.has(name)) {
      this.#initializers.set(name, { name, element, shape, content: new Uint8Array(content.buffer) })
    }
    return name
  }

  /** A tensor whose bytes the runtime asks for while it makes the session. One name is one tensor. */
  weight(name: string, element: Element, shape: readonly number[], bytes: () => Uint8Array): string {
    if (!this.#initializers.has(name)) {
      const length = shape.reduce((product, size) => product * size, BYTES[element])
      const offset = this.#end
      this.#end = Math.ceil((offset + length) / ALIGNED) * ALIGNED
      this.#initializers.set(name, { name, element, shape, file: WEIGHTS, offset, length })
      this.#supplies.push({ offset, length, bytes })
    }
    return name
  }

  /** A node with one output, whose name is returned. An empty input is one that is left out. */
  add(operator: string, inputs: readonly string[], operation: Operation = {}): string {
    return this.addMany(operator, inputs, 1, operation)[0]!
  }

  /** A node with several outputs. */
  addMany(
    operator: string,
    inputs: readonly string[],
    count: number,
    { domain = '', attributes = {} }: Operation = {},
  ): string[] {
    const outputs = Array.from({ length: count }, (_, i) => `${this.#nodes.length}.${i}`)
    this.#nodes.push({ operator, domain, inputs, outputs, attributes })
    return outputs
  }

  written(): WrittenModel {
    const named = (values: readonly string[]) => values.map((value) => this.#names.get(value) ?? value)
    const model = {
      name: this.#name,
      nodes: this.#nodes.map((node) => ({
        ...node,
        inputs: named(node.inputs),
        outputs: named(node.outputs),
      })),
      inputs: this.#inputs,
      outputs: this.#outputs,
      initializers: [...this.#initializers.values()],
      operators: { '': STANDARD, [CONTRIB]: 1 },
    }
    const data = new ExternalWeights(this.#supplies)
    return { bytes: encodeModel(model), externalData: [{ path: WEIGHTS, data }] }
  }
}
