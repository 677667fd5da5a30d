import { inReadingOrder } from '../../app/files/file-problem';
import { readEnvironmentFile } from '../../app/loading/environment-file';
import { FAKE_CERTIFICATE } from '../modules/eks-windows-nodes/fake-certificates';
import { outlineInFile } from '../support/problem';
import type { Change } from './full-environment';
import type { TemporaryProject } from './temporary-project';

/** A file with all that an image, its roles and nodes can have, on lines that stay put. */
export const WIDE_ENVIRONMENT = `name: example
region: us-east-1
tags: { owner: platform }
iam:
  permissions: scoped
  permissionsBoundary: arn:aws:iam::111122223333:policy/boundary
  path: /eks/
  namePrefix: acme-
cluster: { name: example, kubernetesVersion: "1.35" }
windows: { server: "2022" }
image:
  base: eks-optimized
  components:
    - update-windows
    - file: components/agent.yaml
      whenTooLong: bucket
      parameters: { Channel: stable }
    - image-cache
    - amazonManaged: amazon-cloudwatch-agent-windows
      version: 1.0.x
    - arn: arn:aws:imagebuilder:us-east-1:111122223333:component/harden/1.x.x
      parameters: { Level: high }
  componentBucket: { bucket: acme-documents, keyPrefix: windows/documents }
  componentFiles:
    - { bucket: acme-installers, keyPrefix: agent }
  kmsKeyArns: [arn:aws:kms:us-east-1:111122223333:key/base]
  cachedImages: [docker.io/acme/web:1.4.2]
  registryCredentials:
    docker.io: arn:aws:secretsmanager:us-east-1:111122223333:secret:docker-AbCdEf
  pullThroughCachePrefixes: [docker-hub]
  rootVolumeGiB: 100
  rootVolume:
    type: gp3
    iops: 4000
    throughput: 500
    kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/root
  dataVolumes:
    - deviceName: xvdb
      sizeGiB: 200
      snapshotId: snap-0123456789abcdef0
      type: io2
      iops: 5000
      kmsKeyId: arn:aws:kms:us-east-1:111122223333:alias/data
  workingDirectory: C:\\build
  instanceTypes: [m7i.xlarge]
  network: { subnetId: subnet-0123456789abcdef0 }
  keyName: operators
  placement:
    availabilityZone: us-east-1a
    tenancy: host
    hostId: h-0123456789abcdef0
  httpPutResponseHopLimit: 2
  terminateOnFailure: false
  logs: { bucket: acme-logs, keyPrefix: images, kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/logs }
  logRetentionDays: 30
  snsTopicArn: arn:aws:sns:us-east-1:111122223333:builds
  tests: false
  scanning: true
  distribution:
    amiName: "web-{{ imagebuilder:buildDate }}"
    amiDescription: Web nodes
    targets:
      - region: us-east-1
        accountIds: ["444455556666"]
        kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/copy
        amiTags: { stage: prod }
        launchPermission:
          accountIds: ["777788889999"]
          organizationArns: [arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5]
          organizationalUnitArns: [arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111]
        licenseConfigurationArns: [arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef]
        amiParameters:
          - { name: /windows/web/ami-id, accountId: "444455556666" }
        launchTemplates:
          - { id: lt-0123456789abcdef0, accountId: "777788889999", setDefault: false }
        fastLaunch:
          - accountId: "444455556666"
            targetResourceCount: 3
            maxParallelLaunches: 6
            launchTemplate: { id: lt-0123456789abcdef1, version: "2" }
      - region: eu-west-1
  schedule: { cron: rate(7 days), timezone: Europe/Berlin, startCondition: when-dependencies-changed }
  pipelineEnabled: false
  notifications: { states: [FAILED], emails: [team@example.com] }
  retention: { older: deprecate, keep: 5, onDestroy: delete, timeoutMinutes: 90 }
  rebuild: 2026-11 patches
nodes:
  ami: { builtVersion: 3 }
  groups:
    - name: apps
      subnetIds: [subnet-0123456789abcdef0]
      instanceTypes: [m7i.xlarge]
      minSize: 1
      maxSize: 5
      imageGcThresholds: { highPercent: 90, lowPercent: 80 }
      maxPods: 60
      kubeReserved: { cpu: 100m, memory: 500Mi, ephemeral-storage: 1Gi }
      systemReserved: { memory: 2Gi }
      evictionHard: { memory.available: 500Mi, nodefs.available: 10%, imagefs.available: 10% }
      kubeletArguments: { v: "4" }
      kubeProxyArguments: { v: "4" }
      dnsClusterIp: 172.20.0.53
      proxy: { httpProxy: "http://proxy:3128", httpsProxy: "http://proxy:3129", noProxy: [10.0.0.0/8] }
      preBootstrapScript: Write-Output joining
      postBootstrapScript: { file: scripts/after.ps1 }
      trustedCertificates: [{ file: certificates/ca.pem }]
      failedBootstrap: replace
      bootstrapTimeoutSeconds: 900
      rootVolumeGiB: 150
      rootVolume: { type: io2, iops: 6000, kmsKeyId: arn:aws:kms:us-east-1:111122223333:key/nodes }
      dataVolumes:
        - deviceName: xvdf
          sizeGiB: 300
          snapshotId: snap-0123456789abcdef0
          iops: 4000
          throughput: 500
          kmsKeyId: arn:aws:kms:us-east-1:111122223333:alias/nodes
      securityGroupIds: [sg-0123456789abcdef0]
      httpPutResponseHopLimit: 2
      detailedMonitoring: true
      tagNetworkInterfaces: true
      keyName: operators
      placement:
        tenancy: host
        hostResourceGroupArn: arn:aws:resource-groups:us-east-1:111122223333:group/hosts
        groupName: spread
      licenseConfigurationArns: [arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef]
    - name: small
      subnetIds: [subnet-0123456789abcdef0]
      instanceTypes: [t3.xlarge]
      minSize: 0
      maxSize: 2
      cpuCredits: standard
      placement: { tenancy: dedicated }
      capacityReservation:
        preference: capacity-reservations-only
        resourceGroupArn: arn:aws:resource-groups:us-east-1:111122223333:group/reservations
  securityGroup: { podTraffic: windows-only }
`;

/** The component file that the wide environment names. */
export const AGENT_FILE = `name: agent
schemaVersion: 1.0
parameters:
  - Channel:
      type: string
      default: stable
phases:
  - name: build
    steps:
      - name: Install
        action: ExecutePowerShell
        inputs:
          commands: ['install {{ Channel }}']
`;

/** The files that the wide environment names, by their path beside it. */
export const WIDE_FILES: Readonly<Record<string, string>> = {
  'components/agent.yaml': AGENT_FILE,
  'scripts/after.ps1': 'Write-Output joined\n',
  'certificates/ca.pem': FAKE_CERTIFICATE,
};

/** Writes the files that the wide environment names. */
export function writeWideFiles(project: TemporaryProject): void {
  for (const [path, text] of Object.entries(WIDE_FILES))
    project.write(`environments/${path}`, text);
}

/** The wide environment with changes. Fails when one does not change anything. */
export function wideWith(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`there is no ${JSON.stringify(from)} to change`);
    return text.replace(from, () => to);
  }, WIDE_ENVIRONMENT);
}

/** The problems of the wide environment with changes, without the name of the file. */
export function wideProblems(...changes: readonly Change[]): string[] {
  const { problems } = readEnvironmentFile('e.yaml', wideWith(...changes));
  return inReadingOrder(problems).map((one) => outlineInFile(one).replace(/^e\.yaml:/, ''));
}
