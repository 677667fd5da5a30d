/**
 * Imported first of all by main.ts. tsx switches Node's source maps on, and Node then reads the map
 * of every module that CDKTF brings along: a quarter of the whole run. They serve stack traces
 * only, and the app's own errors have none to show.
 *
 * `NODE_OPTIONS=--enable-source-maps` keeps them, to look into a bug.
 */
if (!process.env['NODE_OPTIONS']?.includes('--enable-source-maps')) {
  process.setSourceMapsEnabled(false);
}
