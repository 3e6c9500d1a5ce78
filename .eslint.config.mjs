import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['node_modules/', '.ladder/', '.wrangler/', '**/dist/', 'test/bench/node_modules/', 'test/fixtures/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
)
