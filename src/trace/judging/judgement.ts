/** What a rule finds of an answer; `well formed` where it can tell the form and not the content. */
export type Judgement = 'right' | 'well formed' | 'wrong'

/** Judges an answer; null where the prompt is none of its own. */
export type Judge = (prompt: string, answer: string) => Judgement | null
