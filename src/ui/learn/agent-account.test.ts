import { expect, test } from 'vitest'
import { agentCost } from './agent-account.ts'

const WORK = { calls: 30, tokensIn: 2000, tokensOut: 300 }

test('seconds go with passes times their price, dollars with tokens', () => {
  const autoregressive = { passMs: 40, tokensPerPass: 1, inPrice: 0.25, outPrice: 1 }
  expect(agentCost(WORK, autoregressive)).toEqual({ seconds: 360, dollars: 0.024 })
  const diffusion = { ...autoregressive, passMs: 120, tokensPerPass: 4 }
  expect(agentCost(WORK, diffusion)).toEqual({ seconds: 270, dollars: 0.024 })
})
