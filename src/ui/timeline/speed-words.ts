const FRACTIONS: Readonly<Record<number, string>> = { 0.5: '½', 0.25: '¼', 0.125: '⅛' }

/** A speed as a button shows it, where 1 is the speed at which the runs ran: "¼×", "1/16×". */
export function speedLabel(speed: number): string {
  return `${FRACTIONS[speed] ?? (speed < 1 ? `1/${Math.round(1 / speed)}` : speed)}×`
}

/** A speed in words. */
export function speedWords(speed: number): string {
  if (speed === 1) return 'the speed at which it ran'
  return speed < 1 ? `${Math.round(1 / speed)} times slower than it ran` : `${speed} times faster than it ran`
}

/** What a speed means, in a sentence beside the picture. */
export function paceOf(speed: number): string {
  return speed === 1
    ? 'shown at the speed it ran'
    : `shown ${speedLabel(speed < 1 ? 1 / speed : speed)} ${speed < 1 ? 'slower' : 'faster'} than it ran`
}
