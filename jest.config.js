/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
};

/** Tests that run real programs, such as Terraform, when they are there. */
const WITH_PROGRAMS = ['<rootDir>/emulator/test/', '<rootDir>/test/end-to-end/'];

module.exports = {
  maxWorkers: 2,
  // Only what hangs takes as long, however busy the machine is.
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/support/temporary-folder.js',
  globalTeardown: '<rootDir>/test/support/remove-temporary-folder.js',
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  projects: [
    {
      ...shared,
      displayName: 'offline',
      roots: ['<rootDir>/test'],
      setupFiles: ['<rootDir>/test/support/property-seed.js'],
      testPathIgnorePatterns: ['/node_modules/', ...WITH_PROGRAMS],
    },
    {
      ...shared,
      displayName: 'programs',
      globalSetup: '<rootDir>/test/support/warm-programs.ts',
      globalTeardown: '<rootDir>/test/support/stop-warm-programs.ts',
      roots: WITH_PROGRAMS,
    },
  ],
};
