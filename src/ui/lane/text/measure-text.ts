import type { WidthOf } from '../../../trace/text/laid-text.ts'

/** Measured at this size, in pixels; text is scaled evenly, without hinting. */
const SIZE = 64

const widths = new Map<string, number>()

/**
 * Widths of text in the two faces that an element's style names, in units of its size. Measured on a canvas, so that
 * nothing is laid out for it.
 *
 * @param face of prose, and of code
 */
export function textMeasure(face: string, codeFace: string): WidthOf {
  const context = document.createElement('canvas').getContext('2d')
  return (text, code) => {
    const font = `${SIZE}px ${code ? codeFace : face}`
    const key = `${font}\0${text}`
    const known = widths.get(key)
    if (known !== undefined) return known
    // A browser that gives no canvas gives no widths: half a square a letter then.
    if (context === null) return text.length / 2
    context.font = font
    context.textRendering = 'geometricPrecision'
    context.fontKerning = 'none'
    const width = context.measureText(text).width / SIZE
    widths.set(key, width)
    return width
  }
}
