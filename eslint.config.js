import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

/** Imports go one way, lowest layer first; `engines` and `share` do not know each other. */
const LAYERS = {
  core: [],
  trace: ['core'],
  engines: ['core', 'trace'],
  share: ['core', 'trace'],
  store: ['core', 'trace', 'engines', 'share'],
  ui: ['core', 'trace', 'engines', 'share', 'store'],
}

const layerRules = Object.entries(LAYERS).map(([layer, below]) => {
  const above = Object.keys(LAYERS).filter((other) => other !== layer && !below.includes(other))
  return {
    files: [`src/${layer}/**/*.{ts,tsx}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...above.map((other) => ({
              group: [`**/${other}/**`],
              message: `src/${layer} may import only ${[...below, layer].map((name) => `src/${name}`).join(', ')}.`,
            })),
            ...(layer === 'ui'
              ? []
              : [{ group: ['react', 'react-dom', 'react-dom/*'], message: 'React lives in src/ui only.' }]),
          ],
        },
      ],
    },
  }
})

/** What would make the pure layers impure: clocks and global randomness are arguments there. */
const pureRules = {
  files: ['src/core/**/*.ts', 'src/trace/**/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-globals': ['error', 'Date', 'performance', 'crypto', 'window', 'document', 'console'],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message: 'Pass a Random: the same seed gives the same trace.' },
    ],
  },
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'public', 'model', 'e2e/models', '.cache', 'test-results'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/ui/**/*.{ts,tsx}', 'src/main.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  ...layerRules,
  pureRules,
)
