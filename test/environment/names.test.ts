import { describe, expect, it } from '@jest/globals';
import {
  amiParameterName,
  groupName,
  imageName,
  imageStackName,
  nodesStackName,
} from '../../environment/names';

describe('the names of an environment', () => {
  const environment = { name: 'shop-1' };

  it('all begin with its own name', () => {
    expect(imageStackName(environment)).toBe('shop-1-windows-image');
    expect(nodesStackName(environment)).toBe('shop-1-windows-nodes');
    expect(imageName(environment)).toBe('shop-1-windows');
    expect(groupName(environment, 'apps')).toBe('shop-1-windows-nodes-apps');
    expect(amiParameterName(environment)).toBe('/imagebuilder/shop-1-windows/ami-id');
  });

  it('fit into an IAM role name when the name is as long as it may be', () => {
    // The longest is the execution role's; IAM takes 64 characters.
    const longest = `${imageName({ name: 'e'.repeat(31) })}-execution`;
    expect(longest.length).toBeLessThanOrEqual(64);
    expect(nodesStackName({ name: 'e'.repeat(31) }).length).toBeLessThanOrEqual(64);
  });
});
