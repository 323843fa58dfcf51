import type { TextPlace } from '../../trace/text/text-places.ts'

/** Where a place stands: in which line, and how far in it. */
export interface Standing {
  readonly line: number
  readonly x: number
}

/**
 * Lays places out in lines that are not wider than `width`, as a page does: a line breaks at blanks, pieces of a word
 * hold together, and blanks at a line's end take no room.
 *
 * @param room of every place's mark
 * @param blank the width of one blank
 */
export function layLines(
  places: readonly Pick<TextPlace, 'lead' | 'breakable'>[],
  room: readonly number[],
  blank: number,
  width: number,
): Standing[] {
  const standings: Standing[] = []
  let line = 0
  let x = 0
  places.forEach(({ lead, breakable }, at) => {
    const breaks = lead.split('\n')
    if (breaks.length > 1) {
      line += breaks.length - 1
      x = 0
    }
    x += breaks.at(-1)!.replaceAll('\t', '    ').length * blank
    const begins = lead !== '' || breakable || at === 0
    if (begins && breaks.length === 1 && x > 0 && x + wordFrom(places, room, at) > width) {
      line++
      x = 0
    }
    standings.push({ line, x })
    x += room[at]!
  })
  return standings
}

/** How wide the word is that begins at a place. */
function wordFrom(
  places: readonly Pick<TextPlace, 'lead' | 'breakable'>[],
  room: readonly number[],
  from: number,
): number {
  let width = room[from]!
  for (let at = from + 1; at < places.length; at++) {
    if (places[at]!.lead !== '' || places[at]!.breakable) break
    width += room[at]!
  }
  return width
}
