import './ui/theme.css'
import './ui/page.css'
import './ui/controls/controls.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from 'react-error-boundary'
import { createBrowserEngine } from './engines/browser/browser-engine.ts'
import { SMALL_MODEL } from './engines/model/small-model.ts'
import type { Servers } from './engines/remote/servers.ts'
import { mendedAddress } from './share/link/address.ts'
import { keepPage } from './store/kept/keep-page.ts'
import { offeredBy } from './store/opening/offered-by.ts'
import { createStores } from './store/stores.ts'
import { App } from './ui/app.tsx'
import { BrokenPage } from './ui/broken-page.tsx'
import { EmbeddedPlayer } from './ui/embed/embedded-player.tsx'
import { bearForeignNodes } from './ui/foreign-nodes.ts'
import { applyTheme, savedTheme } from './ui/header/theme.ts'
import { followAddress } from './ui/share/follow-address.ts'
import { createSources } from './ui/share/sources.ts'
import { StoresContext } from './ui/stores-context.ts'
import './ui/forced-colors.css'

const MODEL_URL = new URL(SMALL_MODEL.folder, document.baseURI).href

/** Closed to the page in some browsers: then a reload loses the run that is going. */
function tabStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}

// Some programs escape the '#' of an address before they open it.
const meant = mendedAddress(location.pathname + location.search)
if (meant !== null) history.replaceState(null, '', meant)

const isEmbedded = new URLSearchParams(location.search).get('embed') === '1'
const client = new QueryClient()

/** The way to servers and services: one for the whole page, fetched when somebody asks for one of them. */
let servers: Promise<Servers> | null = null
function openServers(): Promise<Servers> {
  servers ??= import('./engines/remote/servers.ts').then(({ createServers }) =>
    createServers({
      base: document.baseURI,
      fetch: (...request) => fetch(...request),
      storage: tabStorage(),
      homeTokenizer: new URL('tokenizer.json', MODEL_URL).href,
      // Typed as always there; absent where the address is not secure.
      subtle: crypto.subtle as SubtleCrypto | undefined,
      now: () => performance.now(),
    }),
  )
  servers.catch(() => (servers = null))
  return servers
}

const stores = createStores({
  // Its worker, the runtime and the model are fetched when somebody runs something, and not before.
  openEngine: (device) => Promise.resolve(createBrowserEngine({ modelUrl: MODEL_URL, device })),
  servers: openServers,
  now: () => performance.now(),
  sources: createSources(client),
  address: location.hash,
  openArchive: async () => {
    const { openArchive } = await import('./store/kept/indexed-archive.ts')
    return openArchive()
  },
})

// A player in another page has nothing of its own to keep.
const atLoad = isEmbedded
  ? {}
  : keepPage({ ...stores, offered: () => offeredBy(openServers) }, tabStorage(), location.hash)

// For tests and for people whose browser hides its GPU: ?device=webgpu and ?device=wasm.
const wanted = new URLSearchParams(location.search).get('device')
if (wanted === 'webgpu' || wanted === 'wasm') stores.recipe.getState().setDevice(wanted)

followAddress(stores.opening, atLoad)

applyTheme(savedTheme())
bearForeignNodes()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary FallbackComponent={BrokenPage}>
      <QueryClientProvider client={client}>
        <StoresContext value={stores}>{isEmbedded ? <EmbeddedPlayer /> : <App />}</StoresContext>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
