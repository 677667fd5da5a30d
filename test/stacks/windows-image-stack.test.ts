import { describe, expect, it } from '@jest/globals';
import type { Change } from '../app/full-environment';
import { EXAMPLE_TEXT } from '../app/temporary-project';
import { expectGolden } from '../support/golden';
import type { Template } from '../support/template';
import { addressOf, synthesizeEnvironment, synthesizeText } from './synthesized-environment';

/** Adds lines to the image of the file. */
const withImage = (...lines: readonly string[]): Change => [
  'buildOnApply: true\n',
  ['buildOnApply: true\n', ...lines.map((line) => `  ${line}\n`)].join(''),
];

const OUTPUTS = ['ami_parameter_name', 'base_ami_id', 'pipeline_arn', 'recipe_version'];

describe('WindowsImageStack', () => {
  it('consists of these addresses for the example: another one is destroyed and made anew', () => {
    const { image } = synthesizeText(EXAMPLE_TEXT);
    expectGolden('addresses/example-windows-image.txt', `${image.addresses().join('\n')}\n`);
  });

  it('puts out the base AMI, the version, the pipeline, the parameter and the AMI', () => {
    const { image } = synthesizeEnvironment();
    const base = addressOf(image, 'data.aws_ssm_parameter', 'BaseAmi');
    const pipeline = addressOf(image, 'aws_imagebuilder_image_pipeline', 'Image_Pipeline');
    const built = addressOf(image, 'aws_imagebuilder_image', 'Image');
    const amis = `${built}.output_resources[0].amis[*]`;
    expect(image.part('output')).toEqual({
      // The one of the Region and the account of the build, which the ARN of the image names.
      ami_id: {
        value:
          `\${zipmap(formatlist("%s:%s", ${amis}.region, ${amis}.account_id), ${amis}.image)` +
          `[join(":", slice(split(":", ${built}.arn), 3, 5))]}`,
      },
      ami_parameter_name: { value: '/imagebuilder/example-windows/ami-id' },
      base_ami_id: { value: `\${${base}.insecure_value}` },
      pipeline_arn: { value: `\${${pipeline}.arn}` },
      recipe_version: { value: image.resource('aws_imagebuilder_image_recipe')['version'] },
    });
  });

  it('without a build on apply has neither an image nor an AMI to put out', () => {
    const { image } = synthesizeEnvironment(['buildOnApply: true', 'buildOnApply: false']);
    expect(image.resources('aws_imagebuilder_image')).toEqual({});
    expect(Object.keys(image.part('output'))).toEqual(OUTPUTS);
    expect(Object.keys(image.resources('aws_imagebuilder_image_pipeline'))).toHaveLength(1);
  });

  it('passes on what the file says of the build', () => {
    const { image } = synthesizeEnvironment(withImage('timeoutMinutes: 90', 'rebuild: again'));
    expect(image.resource('aws_imagebuilder_image')['timeouts']).toEqual({ create: '90m' });
    expect(image.resource('aws_imagebuilder_infrastructure_configuration')).toMatchObject({
      instance_types: ['m7i.xlarge'],
      security_group_ids: ['sg-0123456789abcdef0'],
      subnet_id: 'subnet-0123456789abcdef0',
    });
    expect(image.resource('aws_imagebuilder_image_pipeline')['schedule']).toMatchObject({
      schedule_expression: 'cron(0 6 ? * SUN *)',
      timezone: 'Etc/UTC',
    });
    const version = (template: typeof image) =>
      template.resource('aws_imagebuilder_image_recipe')['version'];
    expect(version(image)).not.toBe(version(synthesizeEnvironment().image));
  });

  it('passes on what has another name in the file, or stands in another part of it', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    const { image } = synthesizeEnvironment(withImage('tests: false'), [
      'tags: { owner: platform }',
      `tags: { owner: platform }\niam: { permissions: managed, permissionsBoundary: "${boundary}" }`,
    ]);
    expect(image.resource('aws_imagebuilder_image_pipeline')['image_tests_configuration']).toEqual({
      image_tests_enabled: false,
    });
    expect(image.counts()['aws_iam_role_policy_attachment']).toBe(4);
    const roles = Object.values(image.resources('aws_iam_role'));
    expect(roles.map((role) => role['permissions_boundary'])).toEqual([boundary, boundary]);
  });

  it('lets builds write their logs into a bucket with a key of its own', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/logs';
    const logs = `logs: { bucket: acme-logs, keyPrefix: images, kmsKeyArn: "${key}" }`;
    const { image } = synthesizeEnvironment(withImage(logs, `logGroupKmsKeyId: "${key}"`));
    expect(image.resource('aws_imagebuilder_infrastructure_configuration')['logging']).toEqual({
      s3_logs: { s3_bucket_name: 'acme-logs', s3_key_prefix: 'images' },
    });
    const policies = Object.values(image.resources('aws_iam_role_policy'));
    const ofBuild = policies.filter(({ name }) => name === 'build-resources');
    const statements = ofBuild.flatMap(({ policy }) => JSON.parse(`${policy}`).Statement);
    expect(statements).toContainEqual({
      Sid: 'EncryptLogs',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: key,
      Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.*' } },
    });
    const groups = Object.values(image.resources('aws_cloudwatch_log_group'));
    expect(groups.map((group) => group['kms_key_id'])).toEqual([key, key]);
  });

  it('sends AMIs where the file says, and home in any case', () => {
    const { image } = synthesizeEnvironment(
      withImage('distribution: { targets: [{ region: eu-west-1, amiTags: { pool: blue } }] }'),
    );
    const target = (region: string, tags: object) => ({
      region,
      ami_distribution_configuration: {
        name: 'example-windows-{{ imagebuilder:buildDate }}',
        ami_tags: {
          owner: 'platform',
          ...tags,
          'cdktf-eks-windows-ami:image': 'example-windows',
          'cdktf-eks-windows-ami:kubernetes-version': '1.35',
          'cdktf-eks-windows-ami:windows-build': '10.0.20348',
        },
      },
      ssm_parameter_configuration: [
        { parameter_name: '/imagebuilder/example-windows/ami-id', data_type: 'aws:ec2:image' },
      ],
    });
    expect(image.resource('aws_imagebuilder_distribution_configuration')['distribution']).toEqual([
      target('eu-west-1', { pool: 'blue' }),
      target('us-east-1', {}),
    ]);
  });

  it('gives the tags to everything that can have some', () => {
    const { image } = synthesizeEnvironment(
      withImage('retention: { older: delete }', 'notifications: { emails: [images@example.com] }'),
    );
    const untagged =
      /^(?:aws_iam_role_policy(?:_attachment)?|aws_cloudwatch_event_target|aws_sns_topic_(?:policy|subscription)|terraform_data)$/;
    const types = Object.keys(image.counts()).filter((one) => !untagged.test(one));
    expect(types).toHaveLength(12);
    for (const type of types) {
      for (const resource of Object.values(image.resources(type))) {
        expect([type, resource['tags']]).toEqual([
          type,
          expect.objectContaining({ owner: 'platform' }),
        ]);
      }
    }
  });
});

describe('the base of the image', () => {
  const RECIPE = 'aws_imagebuilder_image_recipe';
  const componentArns = (image: Template): unknown =>
    (image.resource(RECIPE)['component'] as readonly { component_arn: string }[]).map(
      (component) => component.component_arn,
    );

  it("is Amazon's newest EKS optimized AMI, or the release that the file names", () => {
    const { image: latest } = synthesizeEnvironment();
    expect(latest.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.35/image_id',
    });
    const { image: dated } = synthesizeEnvironment([
      'edition: Core, release: latest',
      'edition: Full, release: 1.35-2026.04.18',
    ]);
    expect(dated.data('aws_ami')).toMatchObject({
      filter: [
        {
          name: 'name',
          values: ['Windows_Server-2022-English-Full-EKS_Optimized-1.35-2026.04.18'],
        },
      ],
    });
    expect(dated.resource(RECIPE)['parent_image']).toBe(
      `\${${addressOf(dated, 'data.aws_ami', 'BaseAmi')}.id}`,
    );
  });

  it('is a plain Windows Server, on which the parts of EKS are installed first', () => {
    const { image } = synthesizeEnvironment(withImage('base: plain-windows'));
    expect(image.data('aws_ssm_parameter')).toEqual({
      name: '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base',
    });
    const base = addressOf(image, 'data.aws_ssm_parameter', 'BaseAmi');
    expect(image.resource(RECIPE)['parent_image']).toBe(`\${${base}.insecure_value}`);
    const cache = addressOf(image, 'aws_imagebuilder_component', 'Image_ContainerImageCache');
    expect(componentArns(image)).toEqual([
      'arn:aws:imagebuilder:us-east-1:aws:component/eks-optimized-ami-windows/1.35.x',
      `\${${cache}.arn}`,
    ]);
  });

  it('is an AMI of your own, and nothing is looked up', () => {
    const { image } = synthesizeEnvironment(withImage('base: { imageId: ami-89abcdef }'));
    expect(image.resource(RECIPE)['parent_image']).toBe('ami-89abcdef');
    expect(image.part('output')['base_ami_id']).toEqual({ value: 'ami-89abcdef' });
    // The file says the version of the cluster, which need not be that of the base.
    const distribution = image.resource('aws_imagebuilder_distribution_configuration');
    expect(JSON.stringify(distribution)).not.toContain('kubernetes-version');
    expect([image.dataSources('aws_ssm_parameter'), image.dataSources('aws_ami')]).toEqual([
      {},
      {},
    ]);
    expect(componentArns(image)).toHaveLength(1);
  });
});

/** What the image itself is built again for. It runs nothing. */
const SETTINGS = 'Image_Settings';

/** The names of the `terraform_data` resources, without their hashes. */
const stepsOf = (image: Template): string[] =>
  Object.keys(image.resources('terraform_data'))
    .map((name) => name.replace(/_[0-9A-F]{8}$/, ''))
    .sort();

describe('the retention in the stack', () => {
  it('runs nothing on the machine that Terraform runs on when it is none', () => {
    const { texts, image } = synthesizeEnvironment(withImage('retention: none'));
    expect(texts[0]).not.toMatch(/local-exec|provisioner|"external"/);
    expect(stepsOf(image)).toEqual([SETTINGS]);
  });

  it('runs one script, when the stack is destroyed, unless the file says more', () => {
    const { image } = synthesizeEnvironment();
    expect(stepsOf(image)).toEqual(['Image_Retention_Owner', SETTINGS]);
    const [owner] = Object.values(image.resources('terraform_data')).filter((one) => one['input']);
    expect(owner).toMatchObject({
      input: {
        image_name: 'example-windows',
        targets: 'us-east-1 /imagebuilder/example-windows/ami-id',
        on_destroy: 'keep',
      },
      provisioner: [{ 'local-exec': { when: 'destroy' } }],
    });
    expect(image.resources('aws_imagebuilder_lifecycle_policy')).toEqual({});
  });

  it('retires older AMIs, and leaves to the nodes what they have marked', () => {
    const { image, nodes } = synthesizeEnvironment(
      withImage('retention: { older: delete, keep: 2 }'),
    );
    expect(stepsOf(image)).toEqual(['Image_Retention_Owner', 'Image_Retention_Retire', SETTINGS]);
    const { key, value } = nodes.resource('aws_ec2_tag');
    expect(image.resource('aws_imagebuilder_lifecycle_policy')['policy_detail']).toMatchObject([
      {
        filter: [{ type: 'COUNT', value: 2 }],
        exclusion_rules: [{ amis: [{ tag_map: { [`${key}`]: value } }] }],
      },
    ]);
  });
});
