import type { Tint } from '../../store/view.ts'
import type { CellLook } from '../lane/cell-look.ts'
import { changesRamp, MOST_CHANGES, ORDER_LEVELS, orderRamp, written } from './order-ramp.ts'

/** Parts of the ramp of sureness that are told apart: under a pixel of a bar. */
const SURE_LEVELS = 64

function levelOf(share: number, levels: number): number {
  return Math.round(Math.max(0, Math.min(1, share)) * levels)
}

/** The class of what is so sure. */
export function sureClass(confidence: number): string {
  return `sure-${levelOf(confidence, SURE_LEVELS)}`
}

/** The class of what a pass wrote: where it stands on the ramp from the first to the last. */
export function orderClass(order: number, passes: number): string {
  return `order-${levelOf(passes > 1 ? (order - 1) / (passes - 1) : 0, ORDER_LEVELS)}`
}

/**
 * The class that tints a place, in cells, in a text and in the strip below it; empty for none.
 *
 * @param passes of the whole run
 */
export function tintClass(look: CellLook, tint: Tint, passes: number): string {
  const { state, confidence, order, changes } = look
  const stands = state === 'committed' || state === 'revised'
  switch (tint) {
    case 'sureness':
      return confidence !== undefined && (stands || state === 'guess') ? sureClass(confidence) : ''
    case 'order':
      return order !== undefined && (stands || state === 'end') ? orderClass(order, passes) : ''
    case 'changes':
      return `changes-${Math.min(MOST_CHANGES, changes)}`
    case 'none':
      return ''
  }
}

/** Colours of the tints by order and by changes, by their class. */
export function tintColours(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const named = (name: string, colours: ReturnType<typeof orderRamp>) =>
    colours.map((colour, level) => [`${name}-${level}`, written(colour)] as const)
  return Object.fromEntries([...named('order', orderRamp(theme)), ...named('changes', changesRamp(theme))])
}

/** Places that are tinted, where they stand. */
const TINTED = ':is(.place, .cell, .strip i, .tint-ramp i, .written-place)'

function ramp(name: string, light: readonly string[], dark: readonly string[]): string[] {
  return light.map(
    (colour, level) =>
      `${TINTED}.${name}-${level} { background-color: light-dark(${colour}, ${dark[level]!}) }`,
  )
}

function sureRules(level: number): string {
  const share = `${(100 * level) / SURE_LEVELS}%`
  const colour = `color-mix(in oklch, var(--sure) ${share}, var(--unsure))`
  const line = `linear-gradient(${colour}, ${colour})`
  return `
    .bar.sure-${level} { background: ${line} 0 0 / ${share} 100% no-repeat }
    .strip .sure-${level} { background: ${colour} }
    .place.sure-${level}:is([data-state='committed'], [data-state='pinned'], [data-state='revised']) {
      background-image: ${line}, linear-gradient(var(--line), var(--line));
      background-size: ${share} 2.5px, 100% 1px
    }
    .place.sure-${level}[data-state='guess'] { color: color-mix(in oklab, var(--ink) ${share}, var(--muted)) }
    .cell.sure-${level}:is([data-state='committed'], [data-state='pinned'], [data-state='revised']) {
      background: color-mix(in oklab, ${colour} 20%, var(--surface))
    }`
}

/**
 * Adds a rule for every part of every ramp. With constants instead of a variable of each place, places of one look
 * share one computed style, and a frame in which hundreds of them change costs a tenth.
 *
 * @returns takes them away again
 */
export function addTints(document: Document): () => void {
  const sheet = new CSSStyleSheet()
  const rules = [
    ...Array.from({ length: SURE_LEVELS + 1 }, (_, level) => sureRules(level)),
    ...ramp('order', orderRamp('light').map(written), orderRamp('dark').map(written)),
    ...ramp('changes', changesRamp('light').map(written), changesRamp('dark').map(written)),
  ]
  sheet.replaceSync(rules.join('\n'))
  document.adoptedStyleSheets.push(sheet)
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
  }
}
