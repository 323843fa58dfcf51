import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from '../../server/create-server.ts'
import { parseConfiguration } from '../../server/gateway/configuration.ts'
import { faultProxy, wireBytes } from '../../server/testing/fault-proxy.ts'
import { serve } from '../../server/testing/serve.ts'
import type { ServedUpstream } from './upstreams.ts'

/** How a service answers: parts of its stream, each after a pause. */
interface PlayedStream {
  readonly parts: readonly string[]
  readonly pauseMs: number
}

export interface GatewayOptions {
  readonly upstreams: readonly ServedUpstream[]
  /** Where model servers are, by id. */
  readonly servers?: Readonly<Record<string, string>>
  /** What services send, by id. */
  readonly streams?: Readonly<Record<string, PlayedStream>>
  /** Tokenizer files, by id. */
  readonly tokenizers?: Readonly<Record<string, string>>
  readonly token?: string
  /** Milliseconds that every step's answer is held back, so that a run can be met in its middle. */
  readonly delayMs?: number
}

export interface PageGateway {
  readonly address: string
  close(): Promise<void>
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The production build behind the gateway, as it is configured by a file, in front of servers on this machine. */
export async function startGateway(options: GatewayOptions): Promise<PageGateway> {
  const { upstreams, servers = {}, streams = {}, tokenizers = {}, token, delayMs = 0 } = options
  const folder = mkdtempSync(join(tmpdir(), 'diffuscope-gateway-'))
  const open: { close(): Promise<void> }[] = []
  const started = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const one = await starting
    open.push(one)
    return one
  }

  const entryOf = async (upstream: ServedUpstream) => {
    const { id, protocol } = upstream
    const common = { ...upstream, allowPrivate: true }
    if (protocol === 'openai') {
      const { url } = await started(serve(play(streams[id])))
      return { ...common, url: `${url}/v1` }
    }
    const direct = servers[id] ?? ''
    const url = delayMs === 0 ? direct : (await started(slowProxy(direct, delayMs))).url
    const tokenizer = tokenizers[id]
    if (tokenizer === undefined) return { ...common, urls: [url] }
    writeFileSync(join(folder, `${id}.json`), tokenizer)
    return { ...common, urls: [url], tokenizer: `${id}.json` }
  }

  const configuration = {
    referenceServer: false,
    upstreams: await Promise.all(upstreams.map(entryOf)),
    ...(token !== undefined && { tokenEnv: 'GATEWAY_TOKEN' }),
  }
  const server = createServer({
    root: fileURLToPath(new URL('../../dist', import.meta.url)),
    isolated: true,
    gateway: parseConfiguration(configuration, { GATEWAY_TOKEN: token }, folder),
  })
  await server.listen({ port: 0, host: 'localhost' })
  const { port } = server.server.address() as AddressInfo
  return {
    address: `http://localhost:${port}`,
    async close() {
      server.server.closeAllConnections()
      await server.close()
      await Promise.all(open.map((one) => one.close()))
      rmSync(folder, { recursive: true })
    },
  }
}

/** A server's answers, each a while later. */
function slowProxy(target: string, ms: number) {
  return faultProxy(target, () => async (answer, client) => {
    await pause(ms)
    client.end(wireBytes(answer))
  })
}

function play(stream: PlayedStream | undefined): RequestListener {
  return (request, response) => {
    request.resume()
    if (stream === undefined || request.url !== '/v1/chat/completions') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"not here"}}')
      return
    }
    void (async () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const part of stream.parts) {
        if (response.destroyed) return
        response.write(part)
        await pause(stream.pauseMs)
      }
      response.end()
    })()
  }
}
