import { remdm } from './remdm.ts'

/**
 * ReMDM's confidence schedule over the rescaled one: σ of a token is η · σ_max, shared out by a softmax of −ψ, where ψ is
 * the probability at which the token was committed.
 */
export const remdmConf = remdm({
  label: 'ReMDM confidence',
  hint: 'the surest first; what was committed unsurely is taken back first',
  chances: ({ sureness, most }, eta) => {
    const weights = sureness.map((psi) => Math.exp(-psi))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight) => (eta * most * weight) / total)
  },
})
