import { MOST_LANES } from '../../share/comparison.ts'
import { shownTheme } from '../header/theme.ts'
import { tintColours } from '../tint/tint.ts'
import { confidenceColours, type ConfidenceColours } from '../timeline/confidence-colours.ts'

/** The page's colours as this theme has them, for a canvas. */
export interface PictureColours extends ConfidenceColours {
  readonly paper: string
  readonly surface: string
  readonly sunk: string
  readonly line: string
  readonly strong: string
  readonly ink: string
  readonly muted: string
  readonly mask: string
  readonly glow: string
  /** Colours of tints by their class, but for sureness, which has the ramp. */
  readonly tints: Readonly<Record<string, string>>
  /** Of the lanes: the first accent first. */
  readonly accents: readonly string[]
}

/** Resolves the style sheet's colours: the picture looks as the page does. */
export function pictureColours(): PictureColours {
  const host = document.createElement('div')
  host.className = 'heat-map'
  host.hidden = true
  const probe = document.createElement('i')
  host.append(probe)
  document.body.append(host)
  const resolve = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours: PictureColours = {
    ...confidenceColours(probe),
    paper: resolve('paper'),
    surface: resolve('surface'),
    sunk: resolve('sunk'),
    line: resolve('line'),
    strong: resolve('line-strong'),
    ink: resolve('ink'),
    muted: resolve('muted'),
    mask: resolve('mask'),
    glow: resolve('fresh'),
    tints: tintColours(shownTheme()),
    accents: Array.from({ length: MOST_LANES }, (_, at) => resolve(`accent-${at + 1}`)),
  }
  host.remove()
  return colours
}
