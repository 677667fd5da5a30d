# What is known of an AMI's Fast Launch, and how to wait until it is off.

# One line for one AMI: state, launch template id and version, snapshots, parallel launches, reason.
# "None" when Fast Launch is off.
describe_fast_launch() {
  aws ec2 describe-fast-launch-images --image-ids "$1" --output text --query \
    'FastLaunchImages[0].[State,LaunchTemplate.LaunchTemplateId,LaunchTemplate.Version,SnapshotConfiguration.TargetResourceCount,MaxParallelLaunches,StateTransitionReason]'
}

# Waits until Fast Launch is off for an AMI.
wait_until_off() {
  while :; do
    line=$(describe_fast_launch "$1") || return $?
    state=$(field "$line" 1)
    case $state in
      None | '') return 0 ;;
      disabling-failed) die 1 "$1: switching off failed: $(field "$line" 6)" ;;
      *) pause "$1" "$state" ;;
    esac
  done
}
