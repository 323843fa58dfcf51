/** The page's colours for a canvas, as this theme has them. */
export interface ConfidenceColours {
  /** From 0 to 1 in equal parts. */
  readonly ramp: readonly string[]
  readonly mark: string
  readonly end: string
}

const PARTS = 24

/** Resolves the ramp of the style sheet at an element: one source for cells and canvas. */
export function confidenceColours(element: HTMLElement): ConfidenceColours {
  const probe = element.ownerDocument.createElement('i')
  element.parentElement?.append(probe)
  const resolve = (colour: string) => {
    probe.style.color = colour
    return getComputedStyle(probe).color
  }
  const ramp = Array.from({ length: PARTS + 1 }, (_, part) => {
    probe.style.setProperty('--confidence', String(part / PARTS))
    return resolve('var(--ramp)')
  })
  const colours = { ramp, mark: resolve('var(--ink)'), end: resolve('var(--line)') }
  probe.remove()
  return colours
}

export function colourOf({ ramp }: ConfidenceColours, confidence: number): string {
  return ramp[Math.round(confidence * (ramp.length - 1))] ?? ramp[0]!
}
