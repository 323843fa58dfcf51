import './ui/theme.css'
import './ui/page.css'
import './ui/controls/controls.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from 'react-error-boundary'
import { createBrowserEngine } from './engines/browser/browser-engine.ts'
import { gpuForOpenWorld } from './engines/browser/gpu-for-open-world.ts'
import { BUNDLED_MODELS, MODEL_IDS, type ModelId } from './engines/model/bundled-models.ts'
import type { Servers } from './engines/remote/servers.ts'
import { mendedAddress } from './share/link/address.ts'
import { keepPage } from './store/kept/keep-page.ts'
import { offeredBy } from './store/opening/offered-by.ts'
import { keepMeasuredRun } from './store/measured-run.ts'
import { keepOpenPass } from './store/open-pass.ts'
import { createStores } from './store/stores.ts'
import { App } from './ui/app.tsx'
import { BrokenPage } from './ui/broken-page.tsx'
import { EmbeddedPlayer } from './ui/embed/embedded-player.tsx'
import { bearForeignNodes } from './ui/foreign-nodes.ts'
import { applyTheme, savedTheme } from './ui/header/theme.ts'
import { followSearch } from './ui/lane/text/searched.ts'
import { followAddress } from './ui/share/follow-address.ts'
import { createSources } from './ui/share/sources.ts'
import { firstLook, saveLook } from './ui/tint/saved-look.ts'
import { followTerms } from './ui/terms/follow-terms.ts'
import { openOnFirstVisit } from './ui/tour/first-visit.ts'
import { StoresContext } from './ui/stores-context.ts'
import './ui/forced-colors.css'

const folderOf = (model: ModelId) => new URL(BUNDLED_MODELS[model].folder, document.baseURI).href

/** Closed to the page in some browsers: then nothing lives through a reload. */
function storageOf(read: () => Storage): Storage | null {
  try {
    return read()
  } catch {
    return null
  }
}
const tabStorage = () => storageOf(() => sessionStorage)
const deviceStorage = () => storageOf(() => localStorage)

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
      homeTokenizers: {
        small: new URL('tokenizer.json', folderOf('small')).href,
        open: new URL('tokenizer.json', folderOf('open')).href,
      },
      // Typed as always there; absent where the address is not secure.
      subtle: crypto.subtle as SubtleCrypto | undefined,
      now: () => performance.now(),
    }),
  )
  servers.catch(() => (servers = null))
  return servers
}

const stores = createStores({
  look: firstLook(location.search, !isEmbedded),
  // Its worker, the runtime and the model are fetched when somebody runs something, and not before.
  openEngine: (device, model) => Promise.resolve(createBrowserEngine({ modelUrl: folderOf(model), device })),
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

// For tests and for people whose browser hides its GPU: ?device=webgpu and ?device=wasm; ?model=open and ?model=small.
const asked = new URLSearchParams(location.search)
const wanted = asked.get('device')
if (wanted === 'webgpu' || wanted === 'wasm') stores.recipe.getState().setDevice(wanted)
const model = MODEL_IDS.find((id) => id === asked.get('model'))
if (model !== undefined) stores.recipe.getState().setModel(model, 'person')

if (!isEmbedded) {
  keepMeasuredRun(stores.run, deviceStorage())
  keepOpenPass(stores, deviceStorage(), BUNDLED_MODELS.open.answerLength, gpuForOpenWorld)
}

if (!isEmbedded) openOnFirstVisit(stores.tour, deviceStorage(), location.hash)

followAddress(stores.opening, atLoad)

if (!isEmbedded) stores.view.subscribe(saveLook)

applyTheme(savedTheme())
bearForeignNodes()
followSearch(document.documentElement)
followTerms()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary FallbackComponent={BrokenPage}>
      <QueryClientProvider client={client}>
        <StoresContext value={stores}>{isEmbedded ? <EmbeddedPlayer /> : <App />}</StoresContext>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
