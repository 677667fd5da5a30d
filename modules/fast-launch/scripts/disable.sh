# Switches EC2 Fast Launch off for every AMI that uses our launch template, but one. Asks AWS which
# they are, so that it also finds what an earlier, interrupted apply left behind.
#
# Beside the preamble's values:
#   KEEP_AMI_ID   stays on; empty to switch off all

failed=''

note_failure() {
  printf '%s\n' "$error" >&2
  complain "$1: could not be switched off"
  failed="$failed $1"
}

# An AMI that is gone, or is off since the list was made, needs nothing.
switch_off() {
  told=''
  while :; do
    look "$1"
    state=$(field "$line" 1)
    # EC2 does not document whether it takes "disable" for an AMI that is on its way off already.
    case $state in
      None | '' | disabling) return 0 ;;
    esac
    [ -n "$told" ] || say "$1: switching off"
    if call ec2 disable-fast-launch --image-id "$1" --force; then
      standing='AWS goes on switching off what was begun'
      return 0
    fi
    case $error in
      *InvalidAMIID.NotFound* | *InvalidAMIID.Unavailable*)
        say "$1: the AMI is gone"
        gone="$gone $1 "
        return 0
        ;;
    esac
    # Nor whether it takes it for an AMI that is on its way on.
    if [ "$state" != enabling ] || ! is_refusal "$error"; then break; fi
    [ -n "$told" ] || complain "$1: not taken while it is being switched on, trying again: $(error_line)"
    told=true
    pause "$1" enabling
  done
  note_failure "$1"
}

use_credentials
if ! call ec2 describe-fast-launch-images --output text --query \
  "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='$LAUNCH_TEMPLATE_ID' && ImageId!='${KEEP_AMI_ID:-}'].ImageId"; then
  printf '%s\n' "$error" >&2
  die 1 'the AMIs with Fast Launch could not be listed; nothing was changed'
fi
images=$answer
[ "$images" != None ] || images=''
gone=''

# AMI ids, separated by blanks: word splitting is meant.
for image in $images; do
  switch_off "$image"
done

for image in $images; do
  case "$gone$failed " in *" $image "*) continue ;; esac
  if wait_until_off "$image"; then
    measure_time
    say "$image: off after ${elapsed}s"
  else
    complain "$image: switching off failed: $(field "$line" 6)"
    tell_fix "$(field "$line" 6)"
    failed="$failed $image"
  fi
done

[ -z "$failed" ] ||
  die 1 "Fast Launch is still on for:$failed; apply again, or: aws ec2 disable-fast-launch --force --image-id ID"
