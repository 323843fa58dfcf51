/**
 * What the page has to know of the model that ships with it before a byte of that is loaded. Its manifest says the same;
 * a test holds the two together.
 */
export const SMALL_MODEL = {
  /** Beside the page. */
  folder: 'models/small/',
  /** Holds every answer that it was taught; shorter ones leave a tail of ends of sequence. */
  answerLength: 80,
  /** Canvases that it was trained with. */
  answerLengths: [24, 48, 80, 96],
  /** Candidates that it gives a position. */
  candidates: 16,
} as const
