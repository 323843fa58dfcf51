import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

/** Imports go one way, lowest layer first; `engines` and `share` do not know each other. */
const LAYERS = {
  'src/core': [],
  'src/trace': ['src/core'],
  'src/engines': ['src/core', 'src/trace'],
  'src/share': ['src/core', 'src/trace'],
  'src/store': ['src/core', 'src/trace', 'src/engines', 'src/share'],
  'src/ui': ['src/core', 'src/trace', 'src/engines', 'src/share', 'src/store'],
  server: ['src/core', 'src/trace', 'src/engines', 'src/share'],
  scripts: ['src/core', 'src/trace', 'src/engines', 'src/share', 'src/store', 'server'],
  bench: ['src/core', 'src/trace', 'src/engines', 'src/share', 'src/store', 'server', 'scripts'],
}

/** What tests may import besides: the servers' own keep to the suite that other servers are held to. */
const TESTS_BELOW = { server: ['scripts'], bench: ['deploy'] }

/** Tests and what is made for them; two scripts are tests themselves, and a benchmark needs servers that misbehave. */
const TESTS = [
  '**/*.test.{ts,tsx}',
  '**/testing/**',
  'bench/**',
  'scripts/fuzz-links.ts',
  'scripts/kill-replicas.ts',
]

const restricted = (patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })

/** Code of a layer: `../share/x.ts` from its neighbours in `src`, `../src/share/x.ts` from elsewhere. */
const codeOf = (other, layer) => {
  const seen = layer.startsWith('src/') ? other.replace('src/', '') : other
  return [`**/${seen}/**`, '!**/*.json']
}

const layerRules = Object.entries(LAYERS).flatMap(([layer, below]) => {
  const except = (allowed) =>
    [...Object.keys(LAYERS), 'e2e', 'deploy']
      .filter((other) => other !== layer && !allowed.includes(other))
      .map((other) => ({
        group: codeOf(other, layer),
        message: `${layer} may import only ${[...allowed, layer].join(', ')}.`,
      }))
  const react = { group: ['react', 'react-dom', 'react-dom/*'], message: 'React lives in src/ui only.' }
  const always = layer === 'src/ui' ? [] : [react]
  const support = { group: ['**/testing/**'], message: 'Only tests import what is made for tests.' }
  const files = [`${layer}/**/*.{ts,tsx}`]
  return [
    { files, rules: restricted([...except([...below, ...(TESTS_BELOW[layer] ?? [])]), ...always]) },
    { files, ignores: TESTS, rules: restricted([...except(below), ...always, support]) },
  ]
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
      // What stands beside a rest is taken out of it: that is its use.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  { files: ['src/ui/**/*.{ts,tsx}', 'src/main.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  ...layerRules,
  pureRules,
)
