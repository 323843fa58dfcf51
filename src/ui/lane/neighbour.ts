/** The cell that a key leads to from another, by rows and columns as they are laid out; null for none. */
export function neighbour(cells: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | null {
  const at = cells.indexOf(from)
  if (at < 0) return null
  const top = cells[0]!.offsetTop
  const wrap = cells.findIndex(({ offsetTop }) => offsetTop !== top)
  const columns = wrap < 0 ? cells.length : wrap
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: cells.length - 1,
  }
  const target = targets[key]
  return target === undefined ? null : (cells[target] ?? null)
}
