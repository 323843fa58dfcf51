import { Button } from 'react-aria-components/Button'
import { Toolbar } from 'react-aria-components/Toolbar'
import { useOfferedPrompt, useRecordingIndex } from '../recordings/use-recordings.ts'
import { useRecipe } from '../stores-context.ts'
import { chipsOf, type Chip } from './chips.ts'

const WITH_GAPS: Chip = { label: 'A text with gaps', prompt: 'Nora ate the soup with a [1].', file: null }

/** One stop of the Tab key, walked by arrows: prompts of every kind that the model knows, with their recordings. */
export function PromptChips() {
  const index = useRecordingIndex().data
  const offer = useOfferedPrompt()
  const prompt = useRecipe((state) => state.prompt)
  const chips = index ? [...chipsOf(index), WITH_GAPS] : []
  return (
    <Toolbar className="chips" aria-label="Prompts to try" translate="no" data-own-keys>
      {chips.map((chip) => (
        <Button
          key={`${chip.label} ${chip.prompt}`}
          className="chip"
          data-current={chip.prompt === prompt || undefined}
          onPress={() => offer(chip)}
        >
          {chip.label}
        </Button>
      ))}
    </Toolbar>
  )
}
