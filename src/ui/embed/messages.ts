import * as v from 'valibot'

/** What the page around may send: see docs/embed.md. */
const CommandSchema = v.variant('type', [
  v.object({ type: v.literal('diffuscope:play') }),
  v.object({ type: v.literal('diffuscope:pause') }),
  v.object({ type: v.literal('diffuscope:step'), step: v.pipe(v.number(), v.finite()) }),
])

export type Command = v.InferOutput<typeof CommandSchema>

/** What the page around is told. */
export type Report =
  | {
      readonly type: 'diffuscope:state'
      /** The playhead's place on its slider, from 0. */
      readonly step: number
      readonly last: number
      readonly playing: boolean
      /** The step that each lane stands on then. */
      readonly lanes: readonly { readonly id: string; readonly step: number }[]
    }
  | { readonly type: 'diffuscope:resize'; readonly height: number }

/** A message as a command; null for everything that is none, as many messages on a page are. */
export function commandOf(message: unknown): Command | null {
  const parsed = v.safeParse(CommandSchema, message)
  return parsed.success ? parsed.output : null
}
