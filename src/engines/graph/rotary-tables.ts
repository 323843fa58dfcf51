import type { Graph } from './graph.ts'
import type { LlamaShape } from './llama-config.ts'

/** Cosines and sines of the rotary positions (arXiv 2104.09864), `[window, headWidth / 2]` each. */
export function rotaryTables(
  graph: Graph,
  { headWidth, theta }: LlamaShape,
  window: number,
): [cosine: string, sine: string] {
  const half = headWidth / 2
  const table = (name: string, of: (angle: number) => number) =>
    graph.weight(name, 'float32', [window, half], () => {
      const values = new Float32Array(window * half)
      for (let i = 0; i < values.length; i++) {
        values[i] = of(Math.floor(i / half) * theta ** (-(i % half) / half))
      }
      return new Uint8Array(values.buffer)
    })
  return [table('rotary.cosine', Math.cos), table('rotary.sine', Math.sin)]
}
