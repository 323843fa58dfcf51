/** Candidates that a run keeps of each position when it is put away: as many as the panel that explains a token shows. */
export const CANDIDATES_KEPT = 5
