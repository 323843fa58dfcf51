import { remdm } from './remdm.ts'

/** ReMDM's capped schedule: σ = min(η, σ_max). */
export const remdmCap = remdm({
  label: 'ReMDM cap',
  hint: 'the surest first; each token may be taken back with the same small chance',
  chances: ({ sureness, most }, eta) => sureness.map(() => Math.min(eta, most)),
})
