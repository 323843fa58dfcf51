/** Thrown where bytes make no sense, or a comparison passes a limit; `decodeLink` and `encodeLink` tell it. */
export class LinkDamage extends Error {}

/** Thrown inside the decoder where a link names something that this page does not know. */
export class NewerLink extends Error {}

/** Throws `LinkDamage` unless the bytes are as they must be. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new LinkDamage(what)
}
