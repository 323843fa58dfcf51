import type { Decoder } from '../../trace/trace.ts'

export const LANE_NAMES: Readonly<Record<Decoder, string>> = {
  diffusion: 'Diffusion',
  autoregressive: 'Autoregressive',
}
