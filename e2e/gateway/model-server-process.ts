import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The reference model server as a process of its own, which can be killed like one. */
export interface ModelServerProcess {
  readonly address: string
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
  /** Starts it again at the same address. */
  start(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** @param folder of the model, from the repository's root */
export async function startModelServer(folder: string): Promise<ModelServerProcess> {
  let child: ChildProcess | null = null
  let port = '0'

  async function start(): Promise<void> {
    const begun = spawn(process.execPath, ['--import', 'tsx', 'server/model-server/main.ts', folder], {
      cwd: ROOT,
      env: { ...process.env, PORT: port, HOST: '127.0.0.1', THREADS: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = begun
    const ended = once(begun, 'exit')
    let said = ''
    for await (const part of begun.stdout) {
      said += String(part)
      const found = /http:\/\/[^ ]*:(\d+)/.exec(said)
      if (found === null) continue
      port = found[1]!
      begun.stdout.resume()
      return
    }
    throw new Error(`The model server did not start, it ended by ${(await ended).join(' ')}: ${said}`)
  }

  await start()
  return {
    get address() {
      return `http://127.0.0.1:${port}`
    },
    start,
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
