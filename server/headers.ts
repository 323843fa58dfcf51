import type { FastifyHelmetOptions } from '@fastify/helmet'

/** Cross-origin isolation: without it there are no WASM threads. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * What every answer of the server carries. Scripts come from here; WASM may compile. The page may be framed
 * anywhere, and whether it is reached by TLS is for whoever ends that.
 */
export function securityHeaders(isolated: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'worker-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'none'"],
      },
    },
    crossOriginOpenerPolicy: isolated && { policy: 'same-origin' },
    crossOriginEmbedderPolicy: isolated && { policy: 'require-corp' },
    crossOriginResourcePolicy: isolated && { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: false,
    hsts: false,
  }
}
