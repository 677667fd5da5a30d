const { runInThisContext } = require('node:vm');

/**
 * cdktf notes for each of its tokens where it was made. jest would look up every line of that in the
 * sources, which takes a quarter of the time of all tests, and no test reads it. What jest does with
 * errors stands outside of the context of the tests.
 */
const outside = runInThisContext('Error');
const isError = (thrown) => Object.prototype.toString.call(thrown) === '[object Error]';
Error.prepareStackTrace = (thrown, frames) =>
  isError(thrown) ? outside.prepareStackTrace(thrown, frames) : '';
