export default {
  testEnvironment: 'node',
  // A machine may be busy; what hangs is still told.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.cjs.json', diagnostics: false }],
  },
};
