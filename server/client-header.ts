import { createHmac, randomBytes } from 'node:crypto'

/** By this the reference server of this process tells clients apart, so that they take turns. */
export const CLIENT_HEADER = 'x-diffuscope-client'

const secret = randomBytes(32)

/** A client as a name that says nothing about it, and that nobody else can make up; the same while this process lives. */
export function disguise(client: string): string {
  return createHmac('sha256', secret).update(client).digest('hex').slice(0, 24)
}
