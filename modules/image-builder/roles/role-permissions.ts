import { choice, setting } from '../../settings';

/** All values of {@link RolePermissions}. */
const ROLE_PERMISSIONS = ['scoped', 'managed'] as const;

/** Whose policies a role has: our own narrow ones, or AWS's. */
export type RolePermissions = (typeof ROLE_PERMISSIONS)[number];

/** What the roles of builds and of Image Builder have in common. */
export const ROLE_PERMISSIONS_SETTINGS = {
  /**
   * `scoped`: only what images of this kind need. `managed`: AWS's own policies, which follow new
   * features of Image Builder and allow far more: Image Builder may then pass every role of the
   * account to EC2. Marketplace components need them.
   * @default scoped
   */
  permissions: setting(choice(ROLE_PERMISSIONS), {
    about: 'What the build may do: scoped (exactly what it needs) or managed (the policies of AWS)',
    change: 'in-place',
    default: 'scoped',
  }),
};
