import { lifecycleRoleName } from '../image/image-lifecycle-policy';

/** What the roles of an image are called, before prefix and hash of `iam`. */
export const windowsImageRoleNames = (name: string) => ({
  build: `${name}-build`,
  execution: `${name}-execution`,
  lifecycle: lifecycleRoleName(name),
});
