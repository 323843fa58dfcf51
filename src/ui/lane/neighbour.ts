/** A place as it stands on the page. */
type Standing = Pick<HTMLElement, 'offsetTop' | 'offsetLeft' | 'offsetWidth' | 'offsetHeight'>

/** Places whose tops differ by less than this share of their height stand in one line. */
const ONE_LINE = 0.5

/**
 * The place that a key leads to from another, null for none: to the left and right by place, up and down to the nearest
 * one of the line there.
 *
 * @param rightToLeft whether the next place is to the left
 */
export function neighbour<Place extends Standing>(
  places: readonly Place[],
  from: Place,
  key: string,
  rightToLeft = false,
): Place | null {
  const at = places.indexOf(from)
  if (at < 0) return null
  const onwards = rightToLeft ? -1 : 1
  switch (key) {
    case 'ArrowLeft':
      return places[at - onwards] ?? null
    case 'ArrowRight':
      return places[at + onwards] ?? null
    case 'ArrowUp':
      return inLine(places, at, -1)
    case 'ArrowDown':
      return inLine(places, at, 1)
    case 'Home':
      return places[0] ?? null
    case 'End':
      return places.at(-1) ?? null
    default:
      return null
  }
}

function inLine<Place extends Standing>(places: readonly Place[], at: number, way: 1 | -1): Place | null {
  const from = places[at]!
  const isBeside = (one: Standing, other: Standing) =>
    Math.abs(one.offsetTop - other.offsetTop) < ONE_LINE * Math.max(one.offsetHeight, other.offsetHeight)
  let next = at + way
  while (places[next] !== undefined && isBeside(places[next]!, from)) next += way
  const first = places[next]
  if (first === undefined) return null
  const middle = from.offsetLeft + from.offsetWidth / 2
  const far = ({ offsetLeft, offsetWidth }: Standing) => Math.abs(offsetLeft + offsetWidth / 2 - middle)
  let nearest = first
  for (; places[next] !== undefined && isBeside(places[next]!, first); next += way) {
    if (far(places[next]!) < far(nearest)) nearest = places[next]!
  }
  return nearest
}
