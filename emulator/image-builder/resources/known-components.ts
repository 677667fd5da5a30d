import type { Json } from '../../front/json-fields';
import { matchesVersionArn } from './image-builder-store';

/** Versions of components that Amazon owns and that recipes may name. */
const AMAZON_COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  'update-windows': ['1.0.0', '1.0.1', '1.0.2'],
  'reboot-windows': ['1.0.0', '1.0.1'],
  'amazon-cloudwatch-agent-windows': ['1.0.0', '1.0.1'],
  'aws-cli-version-2-windows': ['1.0.0', '1.0.1'],
  'powershell-windows': ['1.0.0', '7.2.10'],
  'simple-boot-test-windows': ['1.0.0', '1.0.1'],
  'windows-activation-test': ['1.0.0', '1.0.1'],
  'stig-build-windows-low': ['2022.4.0', '2024.1.0'],
  'stig-build-windows-medium': ['2022.4.0', '2024.1.0'],
  'stig-build-windows-high': ['2022.4.0', '2024.1.0'],
  'eks-optimized-ami-windows': ['1.31.0', '1.32.0', '1.33.0', '1.34.0', '1.35.0'],
};

/** A component of Amazon or of another account. */
export interface KnownComponent {
  /** With version, without build number. */
  readonly versionArn: string;
  /** Names of its parameters; undefined when nobody knows them. */
  readonly parameters: readonly string[] | undefined;
}

/** Components of other owners that recipes may name. */
export class KnownComponents {
  private readonly seeded: KnownComponent[] = [];

  /**
   * Adds a component of Amazon or of another account.
   * @throws RangeError when the ARN is not one of a component with a version.
   */
  seed(versionArn: string, parameters?: readonly string[]): void {
    if (!/^arn:aws:imagebuilder:[^:]+:[^:]+:component\/[^/]+\/\d+\.\d+\.\d+$/.test(versionArn)) {
      throw new RangeError(
        `\`versionArn\` must be the ARN of a component with a version, got: ${versionArn}; ` +
          'write it as arn:aws:imagebuilder:<region>:<owner>:component/<name>/1.0.0',
      );
    }
    this.seeded.push({ versionArn, parameters });
  }

  /** The newest component that an ARN, perhaps with `x` or with a build number, selects. */
  find(region: string, arn: string): KnownComponent | undefined {
    const selector = arn.replace(/(\/\d+\.\d+\.\d+)\/1$/, '$1');
    const all = [...amazonComponents(region), ...this.seeded];
    return all.filter(({ versionArn }) => matchesVersionArn(selector, versionArn)).pop();
  }

  /** What GetComponent answers for a component of another owner. */
  describe(region: string, arn: string): Json | undefined {
    const found = this.find(region, arn);
    if (found === undefined) return undefined;
    const [, owner = '', name = '', version = ''] =
      /:([^:]+):component\/([^/]+)\/(.+)$/.exec(found.versionArn) ?? [];
    return {
      arn: `${found.versionArn}/1`,
      name,
      version,
      owner: owner === 'aws' ? 'Amazon' : owner,
      type: name.includes('test') ? 'TEST' : 'BUILD',
      platform: 'Windows',
      encrypted: true,
      dateCreated: new Date(0).toISOString(),
      parameters: (found.parameters ?? []).map((parameter) => ({
        name: parameter,
        type: 'string',
      })),
      state: { status: 'ACTIVE' },
    };
  }
}

function amazonComponents(region: string): readonly KnownComponent[] {
  return Object.entries(AMAZON_COMPONENTS).flatMap(([name, versions]) =>
    versions.map((version) => ({
      versionArn: `arn:aws:imagebuilder:${region}:aws:component/${name}/${version}`,
      parameters: undefined,
    })),
  );
}
