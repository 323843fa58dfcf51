import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPython, NotToBeHad } from './find-python.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REQUIREMENTS = join(ROOT, 'deploy', 'requirements-test.txt')
const TRITON = 'nvidia-pytriton==0.7.0'

/** Folders whose Python packages the servers import. Triton's stub reads no PYTHONPATH. */
const PACKAGES = [join(ROOT, 'deploy', 'triton', 'serving'), join(ROOT, 'model')]

/** Triton and MLServer, ready to be started. */
export interface ServingEnvironment {
  readonly python: string
  readonly bin: string
  readonly triton: { readonly server: string; readonly backends: string; readonly libraries: string }
}

/**
 * The environment of the servers under test: made once in a cache folder, found there afterwards.
 *
 * @param log is told what is done
 * @throws NotToBeHad where Python or a package can't be had
 */
export function servingEnvironment(log: (line: string) => void): ServingEnvironment {
  const python = findPython()
  const requirements = readFileSync(REQUIREMENTS, 'utf8')
  const key = createHash('sha256')
    .update(JSON.stringify([TRITON, requirements, python, PACKAGES]))
    .digest('hex')
    .slice(0, 12)
  const cache = process.env['DIFFUSCOPE_CACHE'] ?? join(ROOT, '.cache')
  const folder = join(cache, `serving-${python.version}-${key}`)
  const finished = join(folder, 'finished')
  const bin = join(folder, 'bin')
  const site = join(folder, 'lib', `python${python.version}`, 'site-packages')
  const backends = join(folder, 'backends')

  if (!existsSync(finished)) {
    log(`Making the environment of Triton and MLServer in ${folder} with Python ${python.version}.`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(cache, { recursive: true })
    run('A virtual environment', python.command, ['-m', 'venv', folder])
    const pip = (...packages: string[]) => {
      log(`  pip install ${packages.join(' ')}`)
      const options = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]
      run(packages.join(' '), join(bin, 'python'), options)
    }
    pip('--no-deps', TRITON)
    pip('-r', REQUIREMENTS)
    writeFileSync(join(site, 'diffuscope.pth'), `${PACKAGES.join('\n')}\n`)
    layOutBackend(join(site, 'pytriton', 'tritonserver'), backends, python.version)
    writeFileSync(finished, '')
  }
  return {
    python: join(bin, 'python'),
    bin,
    triton: {
      server: join(site, 'pytriton', 'tritonserver', 'bin', 'tritonserver'),
      backends,
      libraries: [join(site, 'nvidia_pytriton.libs'), python.libraries].join(':'),
    },
  }
}

/** Triton wants the backend and the stub of this Python side by side. */
function layOutBackend(packaged: string, backends: string, version: string): void {
  const target = join(backends, 'python')
  mkdirSync(target, { recursive: true })
  const parts = [
    join(packaged, 'backends', 'python', 'libtriton_python.so'),
    join(packaged, 'backends', 'python', 'triton_python_backend_utils.py'),
    join(packaged, 'python_backend_stubs', version, 'triton_python_backend_stub'),
  ]
  for (const part of parts) {
    if (!existsSync(part)) throw new NotToBeHad(`${TRITON} has no ${part.slice(packaged.length + 1)}.`)
    symlinkSync(part, join(target, part.split('/').at(-1)!))
  }
}

function run(what: string, command: string, options: string[]): void {
  const { status, stderr } = spawnSync(command, options, { encoding: 'utf8' })
  if (status === 0) return
  const reason =
    (stderr ?? '')
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('ERROR')) ?? ''
  throw new NotToBeHad(`${what} could not be installed here. ${reason.slice(0, 300)}`.trim())
}
