import type { FastifyHelmetOptions } from '@fastify/helmet'

/** Cross-origin isolation: without it there are no WASM threads. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Scripts come from here; WASM may compile. The page carries these itself, too: a static host sends no headers. */
export const CONTENT_POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'none'"],
}

/**
 * What every answer of the server carries. The page may be framed
 * anywhere as an embed, and whether it is reached by TLS is for whoever ends that.
 */
export function securityHeaders(isolated: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: CONTENT_POLICY,
    },
    crossOriginOpenerPolicy: isolated && { policy: 'same-origin' },
    crossOriginEmbedderPolicy: isolated && { policy: 'require-corp' },
    crossOriginResourcePolicy: isolated && { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: false,
    hsts: false,
  }
}

const FRAMES = ['iframe', 'frame', 'embed', 'object']

/**
 * Whether a request asks for the whole page in another site's frame, where what is clicked may be hidden: only what is
 * made for frames (`?embed=1`) is for everybody's.
 */
export function isFramedWhole(destination: string | undefined, url: string): boolean {
  const { searchParams } = new URL(url, 'http://page')
  return destination !== undefined && FRAMES.includes(destination) && !searchParams.has('embed')
}
