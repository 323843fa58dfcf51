import { lazyPart } from '../controls/lazy-part.tsx'

/** A lane as cells. */
export const CellsView = lazyPart(async () => (await import('./token-grid.tsx')).TokenGrid)
