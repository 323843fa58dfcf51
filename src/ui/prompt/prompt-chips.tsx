import { Button } from 'react-aria-components/Button'
import { useOfferedPrompt, useRecordingIndex } from '../recordings/use-recordings.ts'
import { useRecipe } from '../stores-context.ts'
import { chipsOf } from './chips.ts'

/** Prompts of every kind that the model knows, with their recordings. */
export function PromptChips() {
  const index = useRecordingIndex().data
  const offer = useOfferedPrompt()
  const prompt = useRecipe((state) => state.prompt)
  const chips = index ? chipsOf(index) : []
  return (
    <div className="chips" role="group" aria-label="Prompts to try">
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
    </div>
  )
}
