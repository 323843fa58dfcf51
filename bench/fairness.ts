/**
 * How long somebody's small step takes while another client is at every limit at once, beside what it takes in quiet.
 * The gateway, whoever abuses it and whoever measures are three processes on this machine.
 *
 *   npm run build && npm run bench:fairness [-- SECONDS]
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { serve } from '../src/engines/remote/testing/serve.ts'
import { writeResult } from './report.ts'

/** Whose address is whose: a client is an address. */
const ABUSER = '127.0.0.2'
const VICTIM = '127.0.0.3'

const MODEL = '/upstreams/small/v2/models/small/infer'
const REFERENCE = '/upstreams/reference/v2/models/diffuscope-small/infer'

const step = (sequences: number, tokens: number) =>
  JSON.stringify({
    inputs: ['input_ids', 'attention_mask'].map((name) => ({
      ...{ name, datatype: 'INT64', shape: [sequences, tokens] },
      data: Array<number>(sequences * tokens).fill(1),
    })),
    outputs: [{ name: 'entropy' }],
  })
/** A body as large as bodies may be, and as slow to read as JSON gets: an object of 90,000 keys. */
const manyKeys = () => {
  const keys = Array.from({ length: 90_000 }, (_, at) => `"${at}":0`).join()
  return `{"inputs":[{"shape":[1,2],${keys}}]}`.slice(0, 2 ** 20)
}

const ABUSES: Readonly<Record<string, (port: number) => void>> = {
  'bodies of 1 MiB of JSON, 48 at once': (port) => again(48, port, MODEL, manyKeys()),
  'bodies of 60 kB of JSON, 48 at once': (port) =>
    again(
      48,
      port,
      MODEL,
      `${manyKeys()
        .slice(0, 61_000)
        .replace(/,[^,]*$/, '')}}]}`,
    ),
  'steps of 64 sequences at the reference server, 8 at once': (port) =>
    again(8, port, REFERENCE, step(64, 128)),
  'readers that do not read, 48 at once': (port) => {
    for (let at = 0; at < 48; at++) {
      void dial(port).then((socket) => {
        socket.pause()
        const body = step(64, 64)
        const head = `POST ${REFERENCE} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n`
        socket.write((head + body).repeat(8))
      })
    }
  },
  'bodies that never end, 240 at once': (port) => {
    for (let at = 0; at < 240; at++) {
      void dial(port).then((socket) => {
        const head = `POST ${MODEL} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${2 ** 20}\r\ninference-header-content-length: 100\r\n\r\n`
        socket.write(head)
        socket.write(Buffer.alloc(2 ** 20 - 10))
      })
    }
  },
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, localAddress: ABUSER })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

interface Said {
  readonly status: number
  readonly ms: number
}

function ask(port: number, path: string, body: string, from: string, agent: Agent): Promise<Said> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        localAddress: from,
        agent,
        headers: { 'content-length': body.length },
      },
      (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - begun }))
      },
    )
    request.on('error', () => resolve({ status: 0, ms: performance.now() - begun }))
    request.end(body)
  })
}

/** So many requests at once, each again as soon as it is answered. */
function again(count: number, port: number, path: string, body: string): void {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  for (let at = 0; at < count; at++) {
    void (async () => {
      for (;;) {
        const { status } = await ask(port, path, body, ABUSER, agent)
        // As a client that does as it is told, or it would only measure how quickly it is refused.
        if (status !== 200) await wait(50)
      }
    })()
  }
}

function start(command: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', ...command], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function freePort(): Promise<number> {
  const server = await serve(() => undefined)
  await server.close()
  return server.port
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN

/** One small step after the other for so long. */
async function sample(port: number, path: string, body: string, seconds: number): Promise<readonly Said[]> {
  const agent = new Agent({ keepAlive: true })
  const said: Said[] = []
  for (const begun = performance.now(); performance.now() - begun < seconds * 1000;) {
    said.push(await ask(port, path, body, VICTIM, agent))
    await wait(5)
  }
  agent.destroy()
  return said
}

/** Resident memory of a process in MB; NaN where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return NaN
  }
}

async function measure(seconds: number): Promise<void> {
  const upstream = await serve((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    request.on('end', () => response.end('{"outputs":[]}'))
  })
  const file = join(mkdtempSync(join(tmpdir(), 'diffuscope-')), 'gateway.json')
  const entry = { id: 'small', label: 'Small', protocol: 'oip', model: 'small', allowPrivate: true }
  writeFileSync(file, JSON.stringify({ upstreams: [{ ...entry, urls: [upstream.url] }] }))
  const victims = [
    { what: 'a small step', path: MODEL, body: step(1, 32) },
    { what: 'a small step at the reference server', path: REFERENCE, body: step(1, 32) },
  ]
  const main = fileURLToPath(new URL('../server/main.ts', import.meta.url))
  const rows: string[][] = []
  const names = Object.keys(ABUSES)
  for (const abuse of [...names, names.join('|')]) {
    // A process of its own each time: what one abuse left behind is not the next one's.
    const port = await freePort()
    const gateway = start([main], {
      PORT: String(port),
      HOST: '127.0.0.1',
      GATEWAY_CONFIG: file,
      LOG: 'silent',
    })
    await once(gateway.stdout!, 'data')
    const quiet: number[] = []
    for (const { path, body } of victims) {
      await sample(port, path, body, 2)
      quiet.push(
        quantile(
          (await sample(port, path, body, 4)).map(({ ms }) => ms),
          0.5,
        ),
      )
    }
    const abuser = start([fileURLToPath(import.meta.url), 'abuse', abuse, String(port)])
    await wait(2000)
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, memoryOf(gateway.pid!))), 200)
    const loud = await Promise.all(victims.map(({ path, body }) => sample(port, path, body, seconds)))
    clearInterval(watch)
    victims.forEach(({ what }, at) => {
      const times = loud[at]!.map(({ ms }) => ms)
      const failed = loud[at]!.filter(({ status }) => status !== 200).length
      const p95 = quantile(times, 0.95)
      rows.push([
        ...[abuse.includes('|') ? 'all of these together' : abuse, what, `${quiet[at]!.toFixed(1)} ms`],
        ...[
          `${quantile(times, 0.5).toFixed(1)} ms`,
          `${p95.toFixed(1)} ms`,
          `${(p95 / quiet[at]!).toFixed(1)}`,
        ],
        ...[`${failed} of ${times.length}`, `${most.toFixed(0)} MB`],
      ])
      console.log(rows.at(-1)!.join(' | '))
    })
    abuser.kill('SIGKILL')
    gateway.kill('SIGKILL')
    await once(gateway, 'exit')
  }
  writeResult('fairness', 'npm run bench:fairness', [
    [
      'abuse by another client',
      'measured',
      'quiet, median',
      'median',
      '95th percentile',
      'times quiet',
      'failed',
      'memory',
    ],
    ...rows,
    [
      'load of the machine',
      `${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`,
      '',
      '',
      '',
      '',
      '',
      '',
    ],
  ])
  await upstream.close()
  process.exit(0)
}

const [role = '', ...rest] = process.argv.slice(2)
if (role === 'abuse') {
  const [names = '', port = ''] = rest
  for (const name of names.split('|')) ABUSES[name]!(Number(port))
} else await measure(Number(role || 8))
