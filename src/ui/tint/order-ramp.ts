/** A colour in OKLCH. */
interface Colour {
  readonly lightness: number
  readonly chroma: number
  /** Degrees. */
  readonly hue: number
}

type Ends = readonly [early: Colour, late: Colour]

/**
 * Ends of the ramp. Lightness goes one way from end to end, so that it reads without hues, and letters keep a contrast
 * of 4.5 to 1 on all of it.
 */
const ENDS: Readonly<Record<'light' | 'dark', Ends>> = {
  light: [
    { lightness: 0.94, chroma: 0.035, hue: 265 },
    { lightness: 0.72, chroma: 0.14, hue: 45 },
  ],
  dark: [
    { lightness: 0.28, chroma: 0.045, hue: 265 },
    { lightness: 0.5, chroma: 0.125, hue: 45 },
  ],
}

/** Parts of the ramp that the eye tells apart. */
export const ORDER_LEVELS = 24
const SAMPLES = 240

function between([early, late]: Ends, share: number): Colour {
  const mix = (of: keyof Colour) => early[of] + share * (late[of] - early[of])
  return { lightness: mix('lightness'), chroma: mix('chroma'), hue: mix('hue') }
}

/** Distance in OKLab. */
export function distance(one: Colour, other: Colour): number {
  const [a, b] = [one, other].map(({ chroma, hue }) => {
    const angle = (hue * Math.PI) / 180
    return [chroma * Math.cos(angle), chroma * Math.sin(angle)] as const
  }) as [readonly [number, number], readonly [number, number]]
  return Math.hypot(one.lightness - other.lightness, a[0] - b[0], a[1] - b[1])
}

/** The ramp from the first pass to the last, even to the eye: neighbours are equally far apart in OKLab. */
export function orderRamp(theme: 'light' | 'dark'): readonly Colour[] {
  const samples = Array.from({ length: SAMPLES + 1 }, (_, at) => between(ENDS[theme], at / SAMPLES))
  const way = [0]
  for (let at = 1; at <= SAMPLES; at++) way.push(way[at - 1]! + distance(samples[at - 1]!, samples[at]!))
  return Array.from({ length: ORDER_LEVELS + 1 }, (_, level) => {
    const wanted = (way[SAMPLES]! * level) / ORDER_LEVELS
    return samples[way.findIndex((gone) => gone >= wanted - 1e-9)]!
  })
}

/** A colour as style sheets and canvases write it. */
export function written({ lightness, chroma, hue }: Colour): string {
  return `oklch(${lightness.toFixed(3)} ${chroma.toFixed(3)} ${hue.toFixed(1)})`
}

/** How strongly a place is tinted whose guess changed so often: the last stands for that and more. */
export const MOST_CHANGES = 6

/** The ramp of changes: none, one, and so on. */
export function changesRamp(theme: 'light' | 'dark'): readonly Colour[] {
  const ends: Ends =
    theme === 'light'
      ? [
          { lightness: 0.965, chroma: 0.01, hue: 330 },
          { lightness: 0.72, chroma: 0.15, hue: 330 },
        ]
      : [
          { lightness: 0.25, chroma: 0.01, hue: 330 },
          { lightness: 0.5, chroma: 0.15, hue: 330 },
        ]
  return Array.from({ length: MOST_CHANGES + 1 }, (_, count) => between(ends, count / MOST_CHANGES))
}
