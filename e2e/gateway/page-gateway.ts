import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultProxy } from '../../server/testing/fault-proxy.ts'
import { delayed } from '../../server/testing/faults.ts'
import { chatEntry, oipEntry, startGateway } from '../../server/testing/start-gateway.ts'
import { playParts } from '../../src/engines/remote/testing/play.ts'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
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

/** The production build behind the gateway, as it is configured by a file, in front of servers on this machine. */
export async function startPageGateway(options: GatewayOptions): Promise<PageGateway> {
  const { upstreams, servers = {}, streams = {}, tokenizers = {}, token, delayMs = 0 } = options
  const folder = mkdtempSync(join(tmpdir(), 'diffuscope-gateway-'))
  const between: Serving[] = []
  const started = async (starting: Promise<Serving>): Promise<string> => {
    const one = await starting
    between.push(one)
    return one.url
  }

  const entryOf = async (upstream: ServedUpstream) => {
    const { id, protocol } = upstream
    if (protocol === 'openai') return chatEntry(await started(serve(play(streams[id]))), { ...upstream })
    const direct = servers[id] ?? ''
    const url = delayMs === 0 ? direct : await started(faultProxy(direct, () => delayed(delayMs)))
    const tokenizer = tokenizers[id]
    if (tokenizer === undefined) return oipEntry([url], { ...upstream })
    const file = join(folder, `${id}.json`)
    writeFileSync(file, tokenizer)
    return oipEntry([url], { ...upstream, tokenizer: file })
  }

  const gateway = await startGateway(
    {
      upstreams: await Promise.all(upstreams.map(entryOf)),
      ...(token !== undefined && { tokenEnv: 'GATEWAY_TOKEN' }),
    },
    { GATEWAY_TOKEN: token },
    { root: fileURLToPath(new URL('../../dist', import.meta.url)) },
  )
  return {
    address: gateway.url,
    async close() {
      await gateway.close()
      await Promise.all(between.map((one) => one.close()))
      rmSync(folder, { recursive: true })
    },
  }
}

function play(stream: PlayedStream | undefined): RequestListener {
  return (request, response) => {
    request.resume()
    if (stream === undefined || request.url !== '/v1/chat/completions') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"not here"}}')
      return
    }
    void playParts(response, stream.parts, stream.pauseMs)
  }
}
