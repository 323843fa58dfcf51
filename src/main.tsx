import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createStores } from './store/stores.ts'
import { App } from './ui/app.tsx'
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

const MODEL_URL = new URL('models/small/', document.baseURI).href

const stores = createStores({
  // The engine and its runtime are fetched when somebody runs something, and not before.
  openEngine: async (device) => {
    const { createBrowserEngine } = await import('./engines/browser/browser-engine.ts')
    return createBrowserEngine({ modelUrl: MODEL_URL, device })
  },
  now: () => performance.now(),
  reading: wantedBy(location.hash).kind !== 'nothing',
})

applyTheme(savedTheme())

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <StoresContext value={stores}>
        <App />
      </StoresContext>
    </QueryClientProvider>
  </StrictMode>,
)
