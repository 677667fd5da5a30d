const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take longest come first, so that no worker has to wait for one at the end. */
const FIRST = ['/fast-launch-faults/', '/end-to-end/', '/emulator/', '/any-environment.'];

/** Where jest does not know yet how long files take, it goes by their size, which tells nothing here. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path, duration }) => {
      const at = FIRST.findIndex((folder) => path.includes(folder));
      return duration === undefined ? (at === -1 ? FIRST.length : at) : FIRST.length;
    };
    return [...super.sort(tests)].sort((left, right) => rank(left) - rank(right));
  }
};
