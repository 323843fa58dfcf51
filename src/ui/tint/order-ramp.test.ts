import { expect, test } from 'vitest'
import { changesRamp, distance, orderRamp } from './order-ramp.ts'

/** Linear sRGB of an OKLCH colour (Ottosson 2020), cut to what a screen shows. */
function linear({ lightness, chroma, hue }: Parameters<typeof distance>[0]): [number, number, number] {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return rgb.map((value) => Math.max(0, Math.min(1, value))) as [number, number, number]
}

const luminance = ([red, green, blue]: readonly [number, number, number]) =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue

/** Of the letters: --ink of theme.css. */
const INK = { light: '#15181b', dark: '#e8ecf1' } as const

function luminanceOf(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return luminance(
    parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
      number,
      number,
      number,
    ],
  )
}

for (const theme of ['light', 'dark'] as const) {
  test(`neighbours of the ramp of passes are equally far apart, ${theme}`, () => {
    const ramp = orderRamp(theme)
    const steps = ramp.slice(1).map((colour, at) => distance(ramp[at]!, colour))
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.25)
  })

  test(`the ramps read without hues: lightness goes one way, ${theme}`, () => {
    for (const ramp of [orderRamp(theme), changesRamp(theme)]) {
      const light = ramp.map((colour) => luminance(linear(colour)))
      const rising = theme === 'dark'
      for (const [at, value] of light.slice(1).entries()) {
        if (rising) expect(value).toBeGreaterThan(light[at]!)
        else expect(value).toBeLessThan(light[at]!)
      }
    }
  })

  test(`letters keep a contrast of 4.5 to 1 on every tint, ${theme}`, () => {
    const ink = luminanceOf(INK[theme])
    for (const colour of [...orderRamp(theme), ...changesRamp(theme)]) {
      const [low, high] = [ink, luminance(linear(colour))].sort((a, b) => a - b) as [number, number]
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5)
    }
  })
}
