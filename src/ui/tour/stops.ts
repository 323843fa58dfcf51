import type { Command } from '../commands/command.ts'

/** A caption, and what it does with the picture. */
export interface Stop {
  readonly title: string
  readonly words: string
  readonly commands: readonly Command[]
}

/** The five captions. */
export const STOPS: readonly Stop[] = [
  {
    title: 'It begins with nothing',
    words:
      'Two writers answer one prompt, with the same model. Diffusion begins with a whole answer of empty places, called masks: the grey bars. The other one, AR, begins with a blank line.',
    commands: [{ do: 'ask nothing' }, { do: 'stand', share: 0 }],
  },
  {
    title: 'Guesses, all at once',
    words:
      'In one pass the model reads everything and guesses every empty place at once. Pale words are guesses; they may change with the next pass. AR can only go on from what it has written.',
    commands: [{ do: 'ask nothing' }, { do: 'tint', tint: 'sureness' }, { do: 'stand', share: 0.02 }],
  },
  {
    title: 'The surest are decided',
    words:
      'A pass commits only the guesses that the model is surest of, wherever they stand. What is decided stays, and helps to guess the rest in the next pass.',
    commands: [{ do: 'ask nothing' }, { do: 'tint', tint: 'sureness' }, { do: 'stand', share: 0.4 }],
  },
  {
    title: 'Why this one, and how sure',
    words:
      'Click any word to ask. You see what else the model considered, and why this place was decided in this pass. Sure does not mean right.',
    commands: [{ do: 'stand', share: 0.4 }, { do: 'ask' }],
  },
  {
    title: 'Two clocks',
    words:
      'Passes count how often the model had to read; milliseconds, how long it took. AR’s passes are cheap, one token each; diffusion’s are dear, and may bring many. Both can be wrong: the verdict below says what can be told.',
    commands: [{ do: 'ask nothing' }, { do: 'stand', share: 1 }],
  },
]
