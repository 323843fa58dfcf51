/** Parts of the confidence ramp that a cell tells apart: under a pixel of its bar. */
const LEVELS = 64

/** The class of a cell or a bar of that confidence; its rules are in the sheet that `addRampLevels` adds. */
export function levelClass(confidence: number): string {
  return `level-${Math.round(Math.max(0, Math.min(1, confidence)) * LEVELS)}`
}

/**
 * Adds a rule for every part of the ramp. With constants instead of a variable of each cell, cells of one look share
 * one computed style, and a frame in which hundreds of bars change costs a tenth.
 */
export function addRampLevels({ adoptedStyleSheets }: Document): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(Array.from({ length: LEVELS + 1 }, (_, level) => rulesOf(level)).join('\n'))
  adoptedStyleSheets.push(sheet)
}

/** The bar at the foot is as long as the probability; what is committed is tinted by it, too. */
function rulesOf(level: number): string {
  const share = `${(100 * level) / LEVELS}%`
  const ramp = `color-mix(in oklch, var(--sure) ${share}, var(--unsure))`
  return `
    .bar.level-${level} { background: linear-gradient(${ramp}, ${ramp}) 0 0 / ${share} 100% no-repeat }
    .cell.level-${level}:is([data-state='committed'], [data-state='revised']) {
      background: color-mix(in oklab, ${ramp} 20%, var(--surface))
    }`
}
