/**
 * Throughput of a real Triton on this machine's processor with 1, 8 and 32 runs at once, each asking for one step
 * after the other, and how many requests shared a pass.
 *
 *   npm run bench:serving
 */
import { stepTogether } from '../deploy/tests/step-together.ts'
import { modelHere } from '../deploy/tests/bundled-model.ts'
import { servingEnvironment } from '../scripts/serving/environment.ts'
import { readMetrics } from '../scripts/serving/read-metrics.ts'
import { startTriton } from '../scripts/serving/start-triton.ts'
import { median, writeResult } from './report.ts'

const RUNS = [1, 8, 32]
/** So many steps over all runs of a row; the same work in each. */
const STEPS = 192

const here = modelHere()
const triton = await startTriton(servingEnvironment(console.log))
const rows: string[][] = []
try {
  await stepTogether(triton.url, here, { runs: 8, stepsPerRun: 4 })
  for (const runs of RUNS) {
    const before = await readMetrics(triton.metricsUrl)
    const { steps, ms, roundTrips } = await stepTogether(triton.url, here, {
      runs,
      stepsPerRun: STEPS / runs,
    })
    const after = await readMetrics(triton.metricsUrl)
    const passes = after.passes - before.passes
    rows.push([
      String(runs),
      ((steps / ms) * 1000).toFixed(1),
      median(roundTrips).toFixed(1),
      roundTrips[Math.ceil(0.95 * roundTrips.length) - 1]!.toFixed(1),
      String(passes),
      (steps / passes).toFixed(2),
    ])
  }
} finally {
  await triton.stop()
}
writeResult('serving', 'npm run bench:serving', [
  ['runs at once', 'steps a second', 'median ms a step', '95 % within ms', 'passes', 'steps a pass'],
  ...rows,
])
