import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A server that was started here. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  /** Ends it and waits until it has. */
  stop(): Promise<void>
}

export interface ServerCommand {
  readonly command: string
  readonly options: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly folder?: string
  readonly url: string
  /** File that takes what it prints. */
  readonly log: string
}

const PATIENCE_MS = 180_000
const GRACE_MS = 20_000

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.')
  return address.port
}

/** Starts a server and waits until it is ready. */
export async function startServer(of: ServerCommand): Promise<ServerProcess> {
  const child = spawn(of.command, of.options, {
    env: { ...process.env, ...of.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(of.folder !== undefined && { cwd: of.folder }),
  })
  const log = createWriteStream(of.log)
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  try {
    await untilReady(child, of)
  } catch (error) {
    await stop(child)
    throw error
  }
  return {
    url: of.url,
    pid: child.pid!,
    async stop() {
      process.off('exit', end)
      await stop(child)
      log.end()
    },
  }
}

async function untilReady(child: ChildProcess, { url, log, command }: ServerCommand): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break
    const isReady = await fetch(`${url}/v2/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) return
    await wait(200)
  }
  throw new Error(`${command} did not become ready; ${log} says why.`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(late)
}
