import { drawPicture, pictureHeight, PICTURE_WIDTH } from './draw-picture.ts'
import type { Picture } from './picture.ts'
import { pictureColours } from './picture-colours.ts'

/** Two pixels a unit: sharp on every screen. */
const SCALE = 2

/** A picture as a PNG. Throws an Error where the browser gives none. */
export async function makePng(picture: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives the page no canvas.')
  canvas.width = PICTURE_WIDTH * SCALE
  canvas.height = Math.ceil(pictureHeight(context, picture) * SCALE)
  context.scale(SCALE, SCALE)
  drawPicture(context, picture, pictureColours())
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))),
      'image/png',
    )
  })
}
