/** Thrown inside the decoder where the bytes make no sense; `decodeLink` turns it into a result. */
class LinkDamage extends Error {}

/** Thrown inside the decoder where a link names something that this page does not know. */
export class NewerLink extends Error {}

/** Throws `LinkDamage` unless the bytes are as they must be. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new LinkDamage(what)
}
