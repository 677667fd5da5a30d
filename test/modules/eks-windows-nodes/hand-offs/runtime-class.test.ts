import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import {
  renderKarpenterNodeClass,
  renderRuntimeClass,
} from '../../../../modules/eks-windows-nodes';
import { expectGolden } from '../../../support/golden';

const TAINT = { key: 'os', value: 'windows', effect: 'NoSchedule' } as const;

describe('renderRuntimeClass', () => {
  it('sends pods to nodes of one Windows release', () => {
    const text = renderRuntimeClass({ name: 'windows-2022', server: '2022' });
    expectGolden('hand-off/runtime-class.yaml', text);
    expect(parse(text).scheduling).toEqual({
      nodeSelector: {
        'kubernetes.io/os': 'windows',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/windows-build': '10.0.20348',
      },
    });
  });

  it('lets them tolerate the taints of the nodes, also one without a value', () => {
    const taints = [TAINT, { key: 'x', effect: 'NoExecute' }] as const;
    const text = renderRuntimeClass({ name: 'windows-2019', server: '2019', taints });
    expectGolden('hand-off/runtime-class-with-tolerations.yaml', text);
    expect(parse(text).scheduling.tolerations).toEqual([
      { key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule' },
      { key: 'x', operator: 'Equal', value: '', effect: 'NoExecute' },
    ]);
  });
});

describe('renderKarpenterNodeClass', () => {
  const input = {
    name: 'windows-2022',
    server: '2022',
    amiParameterName: '/example/windows/ami',
    instanceProfileName: 'example-windows-nodes',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    securityGroupIds: ['sg-0123456789abcdef0'],
  } as const;
  const documents = (text: string) => parseAllDocuments(text).map((one) => one.toJS());

  it('lets Karpenter follow the parameter with the AMI', () => {
    const text = renderKarpenterNodeClass(input);
    expectGolden('hand-off/karpenter.yaml', text);
    const [nodeClass, nodePool] = documents(text);
    expect(nodeClass.spec.amiSelectorTerms).toEqual([{ ssmParameter: '/example/windows/ami' }]);
    expect(nodePool.spec.template.spec.nodeClassRef.name).toBe(nodeClass.metadata.name);
  });

  it('gives the nodes a volume of the size that is asked for, and taints', () => {
    const text = renderKarpenterNodeClass({ ...input, rootVolumeGiB: 200, taints: [TAINT] });
    const [nodeClass, nodePool] = documents(text);
    expect(nodeClass.spec.blockDeviceMappings[0].ebs.volumeSize).toBe('200Gi');
    expect(nodePool.spec.template.spec.taints).toEqual([TAINT]);
  });

  it('names an AMI that no parameter leads to', () => {
    const text = renderKarpenterNodeClass({
      ...input,
      amiParameterName: undefined,
      amiId: 'ami-0123456789abcdef0',
    });
    expect(documents(text)[0].spec.amiSelectorTerms).toEqual([{ id: 'ami-0123456789abcdef0' }]);
    expect(() => renderKarpenterNodeClass({ ...input, amiParameterName: undefined })).toThrow(
      new Error('`amiParameterName` or `amiId` must be given, got: neither'),
    );
  });

  it('gives the nodes labels, in one order', () => {
    const labels = { workload: 'web', 'example.com/tier': '1' };
    const [, nodePool] = documents(renderKarpenterNodeClass({ ...input, labels }));
    expect(nodePool.spec.template.metadata).toEqual({ labels });
    const reversed = { 'example.com/tier': '1', workload: 'web' };
    expect(renderKarpenterNodeClass({ ...input, labels: reversed })).toBe(
      renderKarpenterNodeClass({ ...input, labels }),
    );
  });

  it.each(['2019', '2022', '2025'] as const)('takes the family of Windows Server %s', (server) => {
    const [nodeClass] = documents(renderKarpenterNodeClass({ ...input, server }));
    expect(nodeClass.spec.amiFamily).toBe(`Windows${server}`);
  });
});
