const fc = require('fast-check');

// In CI a run must not depend on luck; everywhere else each run tries other inputs.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_123 });
