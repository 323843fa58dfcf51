import '../theme.css'
import '../terms/term.css'
import './learn.css'
import { readMeasuredRun } from '../../store/measured-run.ts'
import { applyTheme, savedTheme } from '../header/theme.ts'
import { followTerms } from '../terms/follow-terms.ts'
import { TERMS } from '../terms/terms.ts'
import { drawAccount } from './draw-account.ts'
import { fitFrames } from './fit-frames.ts'

function storage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

applyTheme(savedTheme())
followTerms()
fitFrames()

const measured = readMeasuredRun(storage())
if (measured !== null) {
  document.getElementById('measured-from')!.textContent =
    `The times are those of your own last run here (${measured.model}, ${measured.device}).`
}
drawAccount(document.getElementById('account') as HTMLFormElement, measured)

const words = document.getElementById('word-list')!
for (const { name, plain, exact, source } of Object.values(TERMS)) {
  const title = document.createElement('dt')
  title.textContent = name
  const meaning = document.createElement('dd')
  const link = document.createElement('a')
  link.href = source.url
  link.textContent = source.name
  meaning.append(
    `${plain} `,
    Object.assign(document.createElement('small'), { textContent: `${exact} ` }),
    link,
  )
  words.append(title, meaning)
}
