import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { CONTENT_POLICY, ISOLATION_HEADERS } from './server/headers.ts'

/** Social previews want a whole address: where the page will be served, if that is known when it is built. */
const previewAddress: Plugin = {
  name: 'preview-address',
  transformIndexHtml: (html) => {
    const home = process.env['PUBLIC_URL']
    return home === undefined ? html : html.replace('./preview.png', new URL('preview.png', home).href)
  },
}

/** A static host sends no headers: what scripts may do stands in the page, too. */
const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: Object.entries(CONTENT_POLICY)
          .map(([name, sources]) => `${name} ${sources.join(' ')}`)
          .join('; '),
      },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig({
  base: './',
  plugins: [
    react(),
    previewAddress,
    contentPolicy,
    VitePWA({
      registerType: 'autoUpdate',
      manifest: {
        name: 'Diffuscope',
        short_name: 'Diffuscope',
        description: 'Watch a diffusion language model think',
        theme_color: '#0f1216',
        background_color: '#0f1216',
        display: 'standalone',
        icons: [{ src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        // The shell and the recordings work offline at once. The runtime and the model are fetched
        // on Run only: the runtime is cached here then, the model by its hash in the engine.
        globPatterns: ['index.html', 'learn.html', 'assets/*.{js,css}', 'favicon.svg', 'recordings/*.json'],
        globIgnores: ['**/ort*'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        clientsClaim: true,
        skipWaiting: true,
        navigateFallback: 'index.html',
        // Where an escaped hash made folders, the page would look for its files in them: the server knows the way.
        navigateFallbackDenylist: [/%(?:25)*23[^?]*\//i],
        runtimeCaching: [
          {
            urlPattern: /\/assets\/.*\.(wasm|mjs|js)$/,
            handler: 'CacheFirst',
            options: { cacheName: 'runtime', expiration: { maxEntries: 12 } },
          },
          {
            urlPattern: /\/models\/.*\/manifest\.json$/,
            handler: 'NetworkFirst',
            options: { cacheName: 'manifests' },
          },
        ],
      },
    }),
  ],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // The manifest tells the size budget what the first load consists of.
    manifest: true,
    rolldownOptions: { input: ['index.html', 'learn.html'] },
  },
  worker: { format: 'es' },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
})
