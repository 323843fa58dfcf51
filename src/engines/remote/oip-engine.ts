import type { Pieces } from '../../trace/pieces.ts'
import type { LoadedModel } from '../progress.ts'
import type { LaneEngine } from '../engine.ts'
import type { EngineError } from '../engine-error.ts'
import { runSteps } from '../run.ts'
import type { Gateway } from './gateway.ts'
import { openOipModel, type OipModel, type OipOptions } from './oip-client.ts'
import { remoteModel } from './remote-model.ts'
import { fetchTokenizer, type RemoteTokenizer } from './remote-tokenizer.ts'
import type { OipUpstream } from './upstream.ts'

/** Addresses of the tokenizers of the models that ship with the page. */
export interface HomeTokenizers {
  readonly small: string
  /** Some megabytes: asked for where neither page nor gateway has another. */
  readonly open: string
}

export interface RemoteSurroundings {
  readonly gateway: Gateway
  readonly homeTokenizers: HomeTokenizers
  /** Absent where the address is not secure. */
  readonly subtle: SubtleCrypto | undefined
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** A sentence while something is tried again, null when it is over. */
  readonly tell: (trouble: string | null) => void
  readonly patience?: Pick<OipOptions, 'retries' | 'firstWaitMs' | 'timeoutMs'>
}

interface Opened {
  readonly model: OipModel
  readonly tokenizer: RemoteTokenizer
  readonly loaded: LoadedModel
}

/** After these the server is asked anew what it is. */
const OF_THE_SERVER: ReadonlySet<EngineError['kind']> = new Set<EngineError['kind']>([
  'server-unreachable',
  'server-refused',
  'server-broken',
])

/** A lane on a model server: the loop is here, each forward pass is there. */
export function createOipEngine(upstream: OipUpstream, around: RemoteSurroundings): LaneEngine {
  const { gateway, now, tell } = around
  let opened: Opened | null = null

  async function open(signal: AbortSignal): Promise<Opened> {
    const model = await openOipModel(
      {
        url: gateway.address(upstream, '').replace(/\/$/, ''),
        model: upstream.model,
        fetch: gateway.fetch,
        now,
        ...around.patience,
        onTrouble: (trouble) =>
          tell(
            trouble &&
              `${upstream.label} did not answer as it should: attempt ${trouble.attempt} of ${trouble.of}.`,
          ),
      },
      signal,
    )
    const { card } = model
    const tokenizer = await fetchTokenizer(
      card,
      [
        { name: 'this page', address: around.homeTokenizers.small, fetch: gateway.fetch },
        { name: 'the gateway', address: gateway.address(upstream, 'tokenizer.json'), fetch: gateway.fetch },
        { name: 'its open world', address: around.homeTokenizers.open, fetch: gateway.fetch },
      ],
      around.subtle,
      signal,
    )
    const { name, revision, parameters, precision, window } = card
    const form = model.form === 'binary' ? 'binary tensors' : 'tensors as JSON'
    const count = upstream.replicas === 1 ? '' : `, ${upstream.replicas} replicas`
    return {
      model,
      tokenizer,
      loaded: {
        card: { name, revision, parameters, precision },
        device: { backend: 'remote', label: labelOf(upstream, card.device) },
        notes: [`${upstream.label}: Open Inference Protocol, ${form}${count}.`],
        window,
        topK: model.card.topK,
        answerLengths: [],
      },
    }
  }

  return {
    capabilities: { resumable: true },
    async load(onProgress, signal) {
      if (opened === null) onProgress({ phase: 'connect', to: upstream.label })
      return (opened ??= await open(signal)).loaded
    },
    async encode(text, signal) {
      opened ??= await open(signal)
      return opened.tokenizer.encode(text)
    },
    pieces(): Pieces {
      if (opened === null) throw new Error('The server must be asked before its tokens can be read.')
      return opened.tokenizer.pieces
    },
    async *run(request, signal, from) {
      opened ??= await open(signal)
      const { model, tokenizer, loaded } = opened
      const runnable = remoteModel(model, tokenizer, { topK: model.card.topK, signal })
      try {
        const here = { ...runnable, device: loaded.device }
        for await (const { event } of runSteps(here, request, { signal, now, ...(from && { from }) })) {
          yield event
        }
      } catch (error) {
        if (OF_THE_SERVER.has((error as EngineError).kind)) opened = null
        throw error
      }
    },
    dispose() {
      opened = null
    },
  }
}

function labelOf({ label }: OipUpstream, device: string): string {
  return device === '' ? label : `${label} (${device})`
}
