/** The key code of every key that an input method takes. */
const INPUT_METHOD = 229

/**
 * Whether a key belongs to an input method, which writes Japanese, Chinese or Korean. Safari ends the composition
 * before the Enter that confirms it arrives; only the key's old code tells there.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === INPUT_METHOD
}
