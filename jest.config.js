/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/stack-traces.js'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
};

/** Tests that run real programs, such as Terraform, when they are there. */
const WITH_PROGRAMS = ['<rootDir>/emulator/test/', '<rootDir>/test/end-to-end/'];

/** Such tests get a moto_server and an AWS CLI whose modules are loaded. */
const withPrograms = {
  ...shared,
  globalSetup: '<rootDir>/test/support/warm-programs.ts',
  globalTeardown: '<rootDir>/test/support/stop-warm-programs.ts',
};

/** The one of them that `npm test` runs. */
const SHORT = 'end-to-end/short-life-cycle.test.ts';

module.exports = {
  maxWorkers: 2,
  // For hangs only: no test depends on how busy the machine is. jest reads it here and in no project.
  testTimeout: 600_000,
  globalSetup: '<rootDir>/test/support/temporary-folder.js',
  globalTeardown: '<rootDir>/test/support/remove-temporary-folder.js',
  testSequencer: '<rootDir>/test/support/test-order.js',
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  projects: [
    {
      ...shared,
      displayName: 'offline',
      roots: ['<rootDir>/test'],
      setupFiles: [...shared.setupFiles, '<rootDir>/test/support/property-seed.js'],
      testPathIgnorePatterns: ['/node_modules/', ...WITH_PROGRAMS],
    },
    {
      ...withPrograms,
      displayName: 'short',
      roots: ['<rootDir>/test'],
      testMatch: [`**/${SHORT}`],
    },
    {
      ...withPrograms,
      displayName: 'programs',
      roots: WITH_PROGRAMS,
      testPathIgnorePatterns: ['/node_modules/', SHORT],
    },
  ],
};
