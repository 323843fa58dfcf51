/** Which files each file imports, by path. */
export type Graph = ReadonlyMap<string, readonly string[]>

/**
 * The knots of a graph: files that reach each other by imports, two or more a knot, each in the order of its names
 * (strongly connected components; Tarjan, 1972).
 */
export function cyclesIn(graph: Graph): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const cycles: string[][] = []
  const visit = (file: string) => {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    open.push(file)
    isOpen.add(file)
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) {
        visit(next)
        low.set(file, Math.min(low.get(file)!, low.get(next)!))
      } else if (isOpen.has(next)) low.set(file, Math.min(low.get(file)!, index.get(next)!))
    }
    if (low.get(file) !== index.get(file)) return
    const knot = open.splice(open.indexOf(file))
    for (const member of knot) isOpen.delete(member)
    if (knot.length > 1 || graph.get(file)?.includes(file)) cycles.push(knot.sort())
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return cycles
}
