# What is known of an AMI's Fast Launch, and how to wait until it is off.

# How many looks in a row may show something else than what EC2 was just told, or fail untold.
MAX_LOOKS=3

# Asks once. Sets $line for one AMI: state, launch template id and version, snapshots, parallel
# launches, reason. "None" when Fast Launch is off. The error is in $error when it cannot.
describe_fast_launch() {
  if call ec2 describe-fast-launch-images --image-ids "$1" --output text --query \
    'FastLaunchImages[0].[State,LaunchTemplate.LaunchTemplateId,LaunchTemplate.Version,SnapshotConfiguration.TargetResourceCount,MaxParallelLaunches,StateTransitionReason]'; then
    line=$answer
    return 0
  fi
  # An AMI that is gone has no Fast Launch. EC2 does not document whether it says so.
  case $error in
    *InvalidAMIID.NotFound* | *InvalidAMIID.Unavailable*) line=None ;;
    *) return 1 ;;
  esac
}

# Whether an error of the CLI's says that EC2 has understood and refused what was asked of a state.
# What it could not decide (throttling, rights, quotas, no connection), and what is wrong with the
# launch template, would be so in any state.
is_refusal() {
  if is_passing "$1"; then return 1; fi
  case $1 in
    *LimitExceeded* | *Unauthorized* | *AuthFailure* | *AccessDenied* | *NotFound* | *InvalidAMIID* | \
      *LaunchTemplate* | *'aunch template'* | *[Dd]'ry run'* | *quota* | *Expired*) return 1 ;;
    # Version 2 of the CLI has "An error occurred (" for its own errors too.
    *'An error occurred ('*') when calling the '*) return 0 ;;
    *) return 1 ;;
  esac
}

# The same, but goes on through failures that pass, until the time is up.
look() {
  failed_looks=0
  until describe_fast_launch "$1"; do
    if ! is_passing "$error"; then
      printf '%s\n' "$error" >&2
      die 1 "$1: the state could not be read; $standing; apply again"
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
