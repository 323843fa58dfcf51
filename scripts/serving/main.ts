import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ROOT, servingEnvironment, type ServingEnvironment } from './environment.ts'
import { NotToBeHad } from './find-python.ts'
import { startMlServer } from './start-mlserver.ts'
import { startTriton } from './start-triton.ts'

/** Exit status where Python, Triton or MLServer can't be had here: nothing failed, nothing was tested. */
const NOT_TO_BE_HAD = 3

interface Suite {
  readonly label: string
  readonly passes: (environment: ServingEnvironment) => Promise<boolean>
}

/** What can be tested, by the word that asks for it alone. */
const SUITES: Readonly<Record<string, Suite>> = {
  python: {
    label: 'the Python tests of the model repository and the manifests',
    passes: ({ python }) =>
      Promise.resolve(run(python, ['-m', 'pytest', '-q', '-c', 'deploy/pytest.ini', 'deploy'])),
  },
  triton: {
    label: 'Triton',
    async passes(environment) {
      const triton = await startTriton(environment)
      console.log(`Triton is at ${triton.url}.`)
      try {
        return vitest('triton', { SERVER_URL: triton.url, METRICS_URL: triton.metricsUrl })
      } finally {
        await triton.stop()
      }
    },
  },
  mlserver: {
    label: 'MLServer',
    async passes(environment) {
      const server = await startMlServer(environment)
      console.log(`MLServer is at ${server.url}.`)
      try {
        return vitest('mlserver', { SERVER_URL: server.url })
      } finally {
        await server.stop()
      }
    },
  },
}

function run(command: string, options: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(command, options, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  return status === 0
}

function vitest(name: string, environment: NodeJS.ProcessEnv): boolean {
  const config = join('deploy', 'vitest.config.ts')
  return run('npx', ['vitest', 'run', '--config', config, `deploy/tests/${name}`], environment)
}

const labels = (names: readonly string[]) => names.map((name) => SUITES[name]!.label).join(', ')

const [asked = 'all', ...rest] = process.argv.slice(2)
const names = asked === 'all' ? Object.keys(SUITES) : asked === 'environment' ? [] : [asked]
if (rest.length > 0 || names.some((name) => !(name in SUITES))) {
  console.error(`Choose one of all, environment, ${Object.keys(SUITES).join(', ')}.`)
  process.exit(2)
}

let environment: ServingEnvironment
const begun = performance.now()
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`
try {
  environment = servingEnvironment(console.log)
  console.log(`The environment of Triton and MLServer is ready after ${seconds()}.`)
} catch (error) {
  if (!(error instanceof NotToBeHad)) throw error
  console.log(`LEFT OUT: ${labels(names) || 'the environment of the servers'}. ${error.message}`)
  // A whole test run goes on without them; who asks for one of them wants to know.
  process.exit(asked === 'all' && process.env['SERVING_REQUIRED'] !== '1' ? 0 : NOT_TO_BE_HAD)
}

const failed: string[] = []
for (const name of names) {
  try {
    if (!(await SUITES[name]!.passes(environment))) failed.push(name)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    failed.push(name)
  }
}
const passed = names.filter((name) => !failed.includes(name))
if (passed.length > 0) console.log(`PASSED: ${labels(passed)}, after ${seconds()}.`)
if (failed.length > 0) console.log(`FAILED: ${labels(failed)}, after ${seconds()}.`)
process.exit(failed.length > 0 ? 1 : 0)
