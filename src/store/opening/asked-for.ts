/** A file as far as it is read here. */
export type TextFile = Pick<File, 'size' | 'arrayBuffer'>

/** What the page can be asked to show. */
export type Opening =
  /** The recording that the page opens with. */
  | { readonly kind: 'default' }
  /** A recording that ships with the page. */
  | { readonly kind: 'recording'; readonly name: string }
  | { readonly kind: 'link'; readonly hash: string }
  | { readonly kind: 'file'; readonly file: TextFile }
  /** A run, or a file that was opened before, which this browser keeps. */
  | { readonly kind: 'own'; readonly id: string }
