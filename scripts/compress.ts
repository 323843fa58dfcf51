import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** Gzips the build's text and WASM once, so that the server needn't at every request. */
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|mjs|css|html|json|svg|wasm)$/.test(file) || file.startsWith('.vite')) continue
  writeFileSync(`${dist}${file}.gz`, gzipSync(readFileSync(`${dist}${file}`), { level: 6 }))
}
