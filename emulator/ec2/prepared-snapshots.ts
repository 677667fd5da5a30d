import { createHash } from 'node:crypto';
import { OWN_ACCOUNT } from '../front/wire-format';
import type { AmiSnapshot } from './ami-store';
import type { FastLaunchSettings } from './fast-launch-settings';

/**
 * The snapshots that EC2 keeps ready for an AMI, all of them at once. Their tags are those without
 * which the policy of the service's role lets it make none; EC2 writes the launch template as the
 * caller named it, which here is by its id.
 */
export function preparedSnapshots(settings: FastLaunchSettings): readonly AmiSnapshot[] {
  const { imageId, targetResourceCount, launchTemplate } = settings;
  const tags = {
    CreatedBy: 'EC2 Fast Launch',
    CreatedByLaunchTemplateId: launchTemplate?.id ?? '',
    CreatedByLaunchTemplateVersion: launchTemplate?.version ?? '',
  };
  return Array.from({ length: targetResourceCount }, (_, index) => ({
    id: `snap-${createHash('sha256').update(`${imageId}-${index}`).digest('hex').slice(0, 17)}`,
    amiId: imageId,
    ownerId: OWN_ACCOUNT,
    volumeSizeGib: 30,
    created: '2026-01-01T00:00:00.000Z',
    tags: new Map(Object.entries(tags)),
  }));
}
