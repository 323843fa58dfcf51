/** How a token is set in a place that it may be too wide for. */
export type Fit = 'whole' | 'small' | 'smallest' | 'cut'

/** Of the text's size. */
export const FIT_SIZES: Readonly<Record<Exclude<Fit, 'cut'>, number>> = {
  whole: 1,
  small: 0.85,
  smallest: 0.7,
}

/** Letters slant over their width a little; that is no reason to set them smaller. */
const SLACK = 0.1

/**
 * The largest size at which a token fits; below the smallest that can be read it is cut, and that is said by dots.
 *
 * @param room of the place, and
 * @param width of the token, both in units of the text's size
 */
export function fitIn(room: number, width: number): Fit {
  for (const fit of ['whole', 'small', 'smallest'] as const)
    if (width * FIT_SIZES[fit] <= room + SLACK) return fit
  return 'cut'
}
