import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from 'react-error-boundary'
import { createBrowserEngine } from './engines/browser/browser-engine.ts'
import type { Servers } from './engines/remote/servers.ts'
import { mendedAddress } from './share/link/address.ts'
import { resume } from './store/resume.ts'
import { createStores } from './store/stores.ts'
import { noteUnfinished, takeUnfinished } from './store/unfinished.ts'
import { App } from './ui/app.tsx'
import { BrokenPage } from './ui/broken-page.tsx'
import { EmbeddedPlayer } from './ui/embed/embedded-player.tsx'
import { bearForeignNodes } from './ui/foreign-nodes.ts'
import { wantedBy } from './ui/share/address-kind.ts'
import { applyTheme, savedTheme } from './ui/header/theme.ts'
import { StoresContext } from './ui/stores-context.ts'
import './ui/styles/theme.css'
import './ui/styles/page.css'
import './ui/styles/controls.css'
import './ui/styles/prompt.css'
import './ui/styles/lane.css'
import './ui/styles/token.css'
import './ui/styles/timeline.css'
import './ui/styles/explain.css'
import './ui/styles/settings.css'
import './ui/styles/share.css'
import './ui/styles/gallery.css'
import './ui/styles/curves.css'
import './ui/styles/forced-colors.css'

const MODEL_URL = new URL('models/small/', document.baseURI).href

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
const hasAddress = wantedBy(location.hash).kind !== 'nothing'
const unfinished = isEmbedded ? null : takeUnfinished(tabStorage())

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
  reading: hasAddress || unfinished !== null,
  openArchive: async () => {
    const { openArchive } = await import('./store/archive.ts')
    return openArchive()
  },
})

// For tests and for people whose browser hides its GPU: ?device=webgpu and ?device=wasm.
const wanted = new URLSearchParams(location.search).get('device')
if (wanted === 'webgpu' || wanted === 'wasm') stores.recipe.getState().setDevice(wanted)

noteUnfinished(stores.run, () => stores.recipe.getState().prompt, tabStorage())
// An address says what to show; the run that was left stands in the gallery then.
if (unfinished !== null && !hasAddress) void resume(stores, unfinished)

applyTheme(savedTheme())
bearForeignNodes()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary FallbackComponent={BrokenPage}>
      <QueryClientProvider client={new QueryClient()}>
        <StoresContext value={stores}>{isEmbedded ? <EmbeddedPlayer /> : <App />}</StoresContext>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
