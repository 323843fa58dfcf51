import { applyPalette, GIFEncoder, quantize } from 'gifenc'
import { drawPicture, pictureHeight, PICTURE_WIDTH } from './draw-picture.ts'
import type { GifReply, GifRequest } from './gif-messages.ts'
import type { Picture } from './picture.ts'
import type { PictureColours } from './picture-colours.ts'

const SCALE = 0.8
/** One of the 256 colours stands for "as it was". */
const COLOURS = 255

interface Film {
  readonly context: OffscreenCanvasRenderingContext2D
  readonly colours: PictureColours
  readonly palette: number[][]
}

const encoder = GIFEncoder()
let film: Film | null = null
let before: Uint8Array | null = null

function pixels({ context, colours }: Omit<Film, 'palette'>, picture: Picture): Uint8ClampedArray {
  drawPicture(context, picture, colours)
  const { width, height } = context.canvas
  return context.getImageData(0, 0, width, height).data
}

function begin(samples: readonly Picture[], colours: PictureColours): Film {
  const measuring = new OffscreenCanvas(1, 1).getContext('2d')!
  const height = Math.max(...samples.map((sample) => pictureHeight(measuring, sample)))
  const canvas = new OffscreenCanvas(Math.ceil(PICTURE_WIDTH * SCALE), Math.ceil(height * SCALE))
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.scale(SCALE, SCALE)
  const seen = samples.map((sample) => pixels({ context, colours }, sample))
  const all = new Uint8ClampedArray(seen.reduce((sum, { length }) => sum + length, 0))
  seen.reduce((offset, part) => {
    all.set(part, offset)
    return offset + part.length
  }, 0)
  const palette = quantize(all, COLOURS)
  return { context, colours, palette: [...palette, [0, 0, 0]] }
}

/** Adds a frame; only what changed is written, which compresses to little. */
function add(now: Film, picture: Picture, delay: number): void {
  const transparent = now.palette.length - 1
  const index = applyPalette(pixels(now, picture), now.palette.slice(0, transparent))
  const { width, height } = now.context.canvas
  const drawn =
    before === null ? index : index.map((colour, at) => (colour === before![at] ? transparent : colour))
  encoder.writeFrame(drawn, width, height, {
    ...(before === null && { palette: now.palette }),
    delay,
    transparent: before !== null,
    transparentIndex: transparent,
    dispose: 1,
  })
  before = index
}

addEventListener('message', ({ data }: MessageEvent<GifRequest>) => {
  const reply = (message: GifReply) => postMessage(message)
  if (data.kind === 'begin') film = begin(data.samples, data.colours)
  else if (data.kind === 'frame' && film !== null) add(film, data.picture, data.delay)
  else {
    encoder.finish()
    reply({ kind: 'done', bytes: encoder.bytes() })
    return
  }
  reply({ kind: 'next' })
})
