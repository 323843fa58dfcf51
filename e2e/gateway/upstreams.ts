import { appendStream, frameStream, replaceStream } from '../../src/engines/remote/testing/streams.ts'

/** An upstream as a gateway's configuration names it, but for its address. */
export interface ServedUpstream {
  readonly id: string
  readonly label: string
  readonly protocol: string
  readonly model: string
}

/** Upstreams of each kind, with what their services send. */
export const REFERENCE = {
  id: 'reference',
  label: 'Reference model server',
  protocol: 'oip',
  model: 'diffuscope-small',
}
export const WRITER = {
  id: 'writer',
  label: 'A writing service',
  protocol: 'openai',
  dialect: 'append',
  model: 'writer-1',
  family: 'autoregressive',
}
export const BLOCKS = {
  id: 'blocks',
  label: 'Block models',
  protocol: 'openai',
  dialect: 'append',
  model: 'sdar-8b',
  family: 'block-diffusion',
}
export const MERCURY = {
  id: 'mercury',
  label: 'Mercury 2',
  protocol: 'openai',
  dialect: 'replace',
  model: 'mercury-2',
  family: 'mercury',
  request: { diffusing: true },
}
export const FRAMES = {
  id: 'frames',
  label: 'Diffusion frames',
  protocol: 'openai',
  dialect: 'frame',
  model: 'canvas-4b',
  family: 'block-diffusion',
}

export const ANSWERS = {
  writer: 'Copper roofs keep the rain away.',
  blocks: 'The lantern glowed red. A dog slept beside it.',
  mercury: 'The red lantern woke the dog, and both walked home.',
  frames: 'First the mast, then the sail.',
} as const

export const STREAMS = {
  writer: { pauseMs: 15, parts: appendStream(['Copper', ' roofs', ' keep', ' the', ' rain', ' away', '.']) },
  blocks: { pauseMs: 60, parts: appendStream(['The lantern glowed red.', ' A dog slept beside it.']) },
  mercury: {
    pauseMs: 60,
    parts: replaceStream([
      'qq red zebra the the dog, so xx walk on.',
      'The red lantern the the dog, and both walk home.',
      'The red lantern woke a dog, and both walked home.',
      ANSWERS.mercury,
    ]),
  },
  frames: {
    pauseMs: 40,
    parts: frameStream([
      { drafts: ['First a oar,', 'First the mast,'], text: 'First the mast,' },
      { drafts: [' then sea sail.', ' then the sail.'], text: ' then the sail.' },
    ]),
  },
} as const
