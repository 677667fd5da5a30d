# What is known of an AMI's Fast Launch, and how to wait until it is off.

# How many looks in a row may show something else than what EC2 was just told, or fail untold.
MAX_LOOKS=3

# Asks once. Sets $line for one AMI: state, launch template id and version, snapshots, parallel
# launches, reason. "None" when Fast Launch is off. The error is in $error when it cannot.
describe_fast_launch() {
  call ec2 describe-fast-launch-images --image-ids "$1" --output text --query \
    'FastLaunchImages[0].[State,LaunchTemplate.LaunchTemplateId,LaunchTemplate.Version,SnapshotConfiguration.TargetResourceCount,MaxParallelLaunches,StateTransitionReason]' ||
    return 1
  line=$answer
}

# The same, but goes on through failures that pass, until the time is up.
look() {
  failed_looks=0
  until describe_fast_launch "$1"; do
    if ! is_passing "$error"; then
      printf '%s\n' "$error" >&2
      die 1 "$1: the state could not be read"
    fi
    failed_looks=$((failed_looks + 1))
    [ "$failed_looks" -ne "$MAX_LOOKS" ] ||
      complain "$1: AWS has not answered $failed_looks times in a row, going on: $(error_line)"
    pause "$1" 'of unknown state'
  done
}

# Waits until Fast Launch is off for an AMI. Fails, with the reason in $line, when EC2 gives up.
wait_until_off() {
  failed_states=0
  while :; do
    look "$1"
    state=$(field "$line" 1)
    case $state in
      None | '') return 0 ;;
      disabling-failed)
        # May be what was there before EC2 was asked.
        failed_states=$((failed_states + 1))
        [ "$failed_states" -le "$MAX_LOOKS" ] || return 1
        pause "$1" "$state"
        ;;
      *) pause "$1" "$state" ;;
    esac
  done
}
