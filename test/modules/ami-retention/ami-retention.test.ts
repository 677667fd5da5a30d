import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import { AmiRetention, type AmiRetentionProps } from '../../../modules/ami-retention';
import { renderAmiRetentionCommand } from '../../../modules/ami-retention/scripts';
import { TerraformData } from '../../../modules/core';
import { refusedBy } from '../../support/problem';
import { type Block, Template } from '../../support/template';

const SMALLEST: AmiRetentionProps = {
  imageName: 'win',
  targets: [{ region: 'eu-west-1', amiParameterNames: ['/imagebuilder/win/ami-id'] }],
};

const synth = (props: Partial<AmiRetentionProps> = {}): Template =>
  Template.of((stack) => {
    new AmiRetention(stack, 'AmiRetention', { ...SMALLEST, ...props });
  });

const TAGS = {
  IMAGE_TAG_KEY: 'cdktf-eks-windows-ami:image',
  IN_USE_TAG_PREFIX: 'cdktf-eks-windows-ami:in-use-by:',
  SNAPSHOT_TAG_KEY: 'cdktf-eks-windows-ami:of-deleted-ami',
};

/** The block of one of the two resources. */
function blockOf(template: Template, id: 'Owner' | 'Retire'): Block {
  const found = Object.entries(template.resources('terraform_data'));
  const [, block] = found.find(([name]) => name.startsWith(`AmiRetention_${id}_`)) ?? [];
  if (block === undefined) throw new Error(`there is no ${id}`);
  return block;
}

/** What a block runs. */
function localExecOf(block: Block): Block {
  const [provisioner] = block['provisioner'] as [{ 'local-exec': Block }];
  return provisioner['local-exec'];
}

describe('AmiRetention', () => {
  it('retires nothing unless it is told what becomes of older AMIs', () => {
    expect(synth().counts()).toEqual({ terraform_data: 1 });
    expect(synth({ older: 'delete' }).counts()).toEqual({ terraform_data: 2 });
  });

  it('holds what a destroy needs in an attribute that is changed in place', () => {
    const owner = blockOf(synth({ onDestroy: 'delete' }), 'Owner');
    expect(owner['input']).toEqual({
      image_name: 'win',
      targets: 'eu-west-1 /imagebuilder/win/ami-id',
      on_destroy: 'delete',
    });
    expect(owner).not.toHaveProperty('triggers_replace');
    expect(owner['lifecycle']).toBeUndefined();
  });

  it('refers to nothing but itself in the destroy step', () => {
    expect(localExecOf(blockOf(synth(), 'Owner'))).toEqual({
      when: 'destroy',
      command: renderAmiRetentionCommand('destroy'),
      interpreter: ['/bin/sh', '-c'],
      quiet: true,
      environment: {
        ...TAGS,
        TIMEOUT_SECONDS: '3600',
        IMAGE_NAME: '${self.input.image_name}',
        TARGETS: '${self.input.targets}',
        ON_DESTROY: '${self.input.on_destroy}',
      },
    });
  });

  it('keeps all AMIs at destroy when nothing else is said', () => {
    expect(blockOf(synth(), 'Owner')['input']).toMatchObject({ on_destroy: 'keep' });
  });

  it('retires after each build, with the settings in the environment', () => {
    const amiId = 'ami-0123456789abcdef0';
    const template = synth({ older: 'disable', keep: 5, amiId, timeoutMinutes: 10 });
    const retire = blockOf(template, 'Retire');
    const targets = 'eu-west-1 /imagebuilder/win/ami-id';
    expect(retire['triggers_replace']).toEqual({
      image_name: 'win',
      targets,
      keep: '5',
      older: 'disable',
      ami_id: amiId,
    });
    expect(localExecOf(retire)).toEqual({
      command: renderAmiRetentionCommand('retire'),
      interpreter: ['/bin/sh', '-c'],
      quiet: true,
      environment: {
        ...TAGS,
        TIMEOUT_SECONDS: '600',
        IMAGE_NAME: 'win',
        TARGETS: targets,
        KEEP: '5',
        OLDER: 'disable',
      },
    });
  });

  it('keeps three, and waits for no build, when nothing else is said', () => {
    expect(blockOf(synth({ older: 'deprecate' }), 'Retire')['triggers_replace']).toMatchObject({
      keep: '3',
      ami_id: '',
    });
  });

  it('makes the retiring wait for the owner', () => {
    const template = synth({ older: 'delete' });
    const [owner] = Object.keys(template.resources('terraform_data')).filter((name) =>
      name.includes('_Owner_'),
    );
    expect(blockOf(template, 'Retire')['depends_on']).toEqual([`terraform_data.${owner}`]);
  });

  it('gives what makes AMIs the owner to depend on', () => {
    const template = Template.of((stack) => {
      const { owner } = new AmiRetention(stack, 'AmiRetention', SMALLEST);
      new TerraformData(stack, 'Pipeline', { triggersReplace: {}, dependsOn: [owner] });
    });
    expect(template.resources('terraform_data')['Pipeline']?.['depends_on']).toEqual([
      expect.stringMatching(/^terraform_data\.AmiRetention_Owner_/),
    ]);
  });

  it('writes a line for each Region with its parameters', () => {
    const targets = [
      { region: 'eu-west-1', amiParameterNames: ['/a/b', 'c'] },
      { region: 'us-east-1', amiParameterNames: [] },
    ];
    expect(blockOf(synth({ targets }), 'Owner')['input']).toMatchObject({
      targets: 'eu-west-1 /a/b c\nus-east-1',
    });
  });

  it('takes references', () => {
    const template = Template.of((stack) => {
      const ami = new TerraformVariable(stack, 'ami', { type: 'string' });
      const keep = new TerraformVariable(stack, 'keep', { type: 'number' });
      const region = new TerraformVariable(stack, 'region', { type: 'string' });
      new AmiRetention(stack, 'AmiRetention', {
        imageName: 'win',
        targets: [{ region: region.stringValue, amiParameterNames: [] }],
        older: 'delete',
        amiId: ami.stringValue,
        keep: keep.numberValue,
      });
    });
    expect(blockOf(template, 'Retire')['triggers_replace']).toMatchObject({
      ami_id: '${var.ami}',
      keep: '${var.keep}',
      targets: '${var.region}',
    });
  });

  it('lists every problem at once', () => {
    const props: Partial<AmiRetentionProps> = {
      imageName: 'win, dows',
      targets: [
        { region: 'Ireland', amiParameterNames: ['/a b'] },
        { region: 'us-east-1', amiParameterNames: [] },
        { region: 'us-east-1', amiParameterNames: [] },
      ],
      amiId: 'ami',
      older: 'hide' as 'delete',
      keep: 0,
      onDestroy: 'ask' as 'keep',
      timeoutMinutes: 0,
    };
    expect(refusedBy(() => synth(props))).toEqual([
      '`imageName` image-name: "win, dows"',
      '`targets[0].region` region: "Ireland"',
      '`targets[0].amiParameterNames[0]` ssm-parameter: "/a b"',
      '`targets[2]` unique: "us-east-1"',
      '`amiId` ami-id: "ami"',
      '`older` one-of: "hide"',
      '`keep` integer-range: 0',
      '`onDestroy` one-of: "ask"',
      '`timeoutMinutes` integer-range: 0',
    ]);
  });

  it('refuses no target, and a number to keep when nothing is retired', () => {
    expect(refusedBy(() => synth({ targets: [], keep: 2 }))).toEqual([
      '`targets` list-length: 0',
      '`keep` keep-without-older: 2',
    ]);
  });

  it('refuses a reference where the script needs a number', () => {
    const build = () =>
      Template.of((stack) => {
        const minutes = new TerraformVariable(stack, 'minutes', { type: 'number' });
        new AmiRetention(stack, 'AmiRetention', {
          ...SMALLEST,
          timeoutMinutes: minutes.numberValue,
        });
      });
    expect(refusedBy(build)).toEqual(['`timeoutMinutes` known: "a reference"']);
  });
});
