import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 600_000;
const POLL_MS = 20;

/** Waits until no process of a group is left. @throws Error when that takes too long. */
export async function groupHasEnded(group: number): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (exists(-group)) {
    if (Date.now() > deadline) throw new Error(`process group ${group} goes on`);
    await pause(POLL_MS);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
