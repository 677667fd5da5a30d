const { captureStackTrace } = Error;

/**
 * cdktf notes for each of its tokens where it was made, with all frames, and jest would look up each
 * of them in the sources: a third of the time of all tests, and no test reads it.
 */
Error.captureStackTrace = (thrown, below) => {
  if (Error.stackTraceLimit < Number.MAX_SAFE_INTEGER) captureStackTrace(thrown, below);
};
