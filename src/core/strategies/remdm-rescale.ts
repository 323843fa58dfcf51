import { remdm } from './remdm.ts'

/** ReMDM's rescaled schedule: σ = η · σ_max. */
export const remdmRescale = remdm({
  label: 'ReMDM rescale',
  hint: 'the surest first; tokens are taken back early more than late',
  chances: ({ sureness, most }, eta) => sureness.map(() => eta * most),
})
