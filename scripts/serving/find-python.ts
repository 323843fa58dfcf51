import { spawnSync } from 'node:child_process'

export interface Python {
  readonly command: string
  /** As in 3.11. */
  readonly version: string
  /** Folder of the shared library of this very Python; Triton's stub needs it and no other. */
  readonly libraries: string
}

/** What cannot be had here; the sentence says why. */
export class NotToBeHad extends Error {}

/** PyTorch has wheels from 3.10 on, the packaged Triton stubs up to 3.12. */
const MINORS = [10, 11, 12]

const ASK = `
import json, sys, sysconfig, ensurepip, venv
print(json.dumps([list(sys.version_info[:2]), sysconfig.get_config_var("Py_ENABLE_SHARED"), sysconfig.get_config_var("LIBDIR")]))
`

/** A Python that the serving environment can be made with. Throws `NotToBeHad`. */
export function findPython(): Python {
  const given = process.env['DIFFUSCOPE_PYTHON']
  const commands = given === undefined ? ['python3', ...MINORS.map((minor) => `python3.${minor}`)] : [given]
  const seen: string[] = []
  for (const command of commands) {
    const { stdout, status } = spawnSync(command, ['-c', ASK], { encoding: 'utf8' })
    if (status !== 0) continue
    const [[major, minor], shared, libraries] = JSON.parse(stdout) as [[number, number], number, string]
    const version = `${major}.${minor}`
    if (major === 3 && MINORS.includes(minor) && shared === 1) return { command, version, libraries }
    seen.push(`${command} is ${version}${shared === 1 ? '' : ' without a shared library'}`)
  }
  throw new NotToBeHad(
    `There is no Python 3.10 to 3.12 with venv, pip and a shared library (${seen.join(', ') || 'none was found'}); DIFFUSCOPE_PYTHON can name one.`,
  )
}
