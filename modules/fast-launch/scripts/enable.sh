# Switches EC2 Fast Launch on for one AMI and waits until it is. Run by Terraform when the AMI or a
# setting changes, and again after a failure: doing it twice does no harm.
#
# Beside the preamble's values:
#   AMI_ID                    an AMI of your own
#   LAUNCH_TEMPLATE_VERSION   a number
#   TARGET_RESOURCE_COUNT     snapshots to keep ready
#   MAX_PARALLEL_LAUNCHES     instances that may be started at once to make them
#   WAIT_FOR_ENABLED          false: ends when EC2 has begun; anything else waits until it is done
#   TAKE_OVER                 true: also changes what another launch template has switched on

# Whether a line of describe_fast_launch() has the settings asked for.
as_wanted() {
  [ "$(field "$1" 2)" = "$LAUNCH_TEMPLATE_ID" ] &&
    [ "$(field "$1" 3)" = "$LAUNCH_TEMPLATE_VERSION" ] &&
    [ "$(field "$1" 4)" = "$TARGET_RESOURCE_COUNT" ] &&
    [ "$(field "$1" 5)" = "$MAX_PARALLEL_LAUNCHES" ]
}

# Asks for Fast Launch with: launch template, its version, snapshots, parallel launches.
ask_for() {
  call ec2 enable-fast-launch --image-id "$AMI_ID" --resource-type snapshot \
    --snapshot-configuration "TargetResourceCount=$3" \
    --launch-template "LaunchTemplateId=$1,Version=$2" \
    --max-parallel-launches "$4" || return 1
  standing="$AMI_ID: AWS goes on switching Fast Launch on"
}

ask() {
  ask_for "$LAUNCH_TEMPLATE_ID" "$LAUNCH_TEMPLATE_VERSION" "$TARGET_RESOURCE_COUNT" "$MAX_PARALLEL_LAUNCHES"
}

switch_on() {
  ask && return 0
  printf '%s\n' "$error" >&2
  tell_fix "$error"
  die 1 "$AMI_ID: Fast Launch could not be switched on"
}

# Asks until EC2 takes it: what was switched off on purpose must not stay off. $1 is the line of
# describe_fast_launch() from before.
switch_on_again() {
  tries=0
  refusals=0
  until ask; do
    tries=$((tries + 1))
    if [ "$tries" -eq 1 ]; then
      printf '%s\n' "$error" >&2
      tell_fix "$error"
      complain "$AMI_ID: FAST LAUNCH IS OFF NOW, trying again for the time that is left; if this fails, apply again"
    fi
    if is_refusal "$error"; then refusals=$((refusals + 1)); fi
    # EC2 may take a moment to see that it is off; a refusal that stays is one of the settings.
    [ "$refusals" -le "$MAX_LOOKS" ] || put_back "$1"
    pause "$AMI_ID" off
  done
}

# Switches on with the settings from before, and ends. $1 is the line of describe_fast_launch().
put_back() {
  refusal=$(error_line)
  case $(field "$1" 1),$(field "$1" 2) in
    enabled,lt-* | enabling,lt-*) ;;
    *) die 1 "$AMI_ID: EC2 refuses the new settings, and FAST LAUNCH IS OFF: $refusal" ;;
  esac
  until ask_for "$(field "$1" 2)" "$(field "$1" 3)" "$(field "$1" 4)" "$(field "$1" 5)"; do
    pause "$AMI_ID" off
  done
  complain "$AMI_ID: EC2 refuses the new settings; Fast Launch goes on again with those from before"
  die 1 "$refusal"
}

off_or_die() {
  wait_until_off "$AMI_ID" || {
    tell_fix "$line"
    die 1 "$AMI_ID: switching off failed: $(field "$line" 6)"
  }
}

# AWS does not document whether new settings are taken for an AMI that has Fast Launch on. If they
# are refused, it is switched off first; after any other failure it stays on as it is.
apply_settings() {
  current=$line
  say "$AMI_ID: new settings, the state is $1"
  ask && return 0
  printf '%s\n' "$error" >&2
  is_refusal "$error" || {
    tell_fix "$error"
    die 1 "$AMI_ID: the settings could not be changed, Fast Launch stays as it is"
  }
  say "$AMI_ID: new settings are not taken in this state, switching off first"
  standing="$AMI_ID: FAST LAUNCH IS OFF or on its way off, to be switched on with new settings"
  if ! call ec2 disable-fast-launch --image-id "$AMI_ID" --force; then
    printf '%s\n' "$error" >&2
    die 1 "$AMI_ID: the settings could not be changed, Fast Launch stays as it is"
  fi
  off_or_die
  switch_on_again "$current"
}

# Brings the AMI on its way to "enabled", from whatever state it is in.
begin() {
  before=$(field "$line" 1)
  case $before in
    None | '')
      switch_on
      ;;
    enabling | enabled)
      if as_wanted "$line"; then
        standing="$AMI_ID: AWS goes on switching Fast Launch on"
        say "$AMI_ID: already as wanted ($before)"
      else
        apply_settings "$before"
      fi
      ;;
    disabling)
      off_or_die
      switch_on
      ;;
    *)
      apply_settings "$before"
      ;;
  esac
}

# Tells each state once, and otherwise how time goes by every minute.
tell_progress() {
  measure_time
  reason=$(field "$line" 6)
  case $reason in None | '' | Client.UserInitiated) reason='' ;; esac
  if [ "$state $reason" = "$told" ] && [ $((elapsed - told_at)) -lt 60 ]; then return 0; fi
  told="$state $reason"
  told_at=$elapsed
  case $state in *-failed) reason='' ;; esac
  say "$AMI_ID: $state after ${elapsed}s${reason:+: $reason}"
  # Terraform is gone, and there is nothing left to finish.
  [ "$heard" = true ] || exit 1
}

# A look that shows something unexpected. EC2 may take a moment to show what it was just told.
bear() {
  odd_looks=$((odd_looks + 1))
  [ "$odd_looks" -le "$MAX_LOOKS" ] || die 1 "$AMI_ID: $1"
  pause "$AMI_ID" "$state"
}

# Whether the state may be what was there before EC2 was asked.
is_stale() {
  [ "$state" = "$before" ] && [ "$odd_looks" -lt "$MAX_LOOKS" ]
}

die_of() {
  complain "$AMI_ID: $state: $(field "$line" 6)"
  tell_fix "$(field "$line" 6)"
  exit 1
}

wait_until_enabled() {
  told='' told_at=0 odd_looks=0
  while :; do
    look "$AMI_ID"
    state=$(field "$line" 1)
    tell_progress
    case $state in
      enabled | enabling)
        if ! as_wanted "$line"; then
          bear "$state, but not with the settings asked for; is the AMI shared with another environment?"
        elif [ "$state" = enabled ] || [ "${WAIT_FOR_ENABLED:-true}" = false ]; then
          return 0
        else
          pause "$AMI_ID" "$state"
        fi
        ;;
      None | '') bear 'Fast Launch is off again; was it switched off meanwhile?' ;;
      enabling-failed | enabled-failed)
        is_stale || die_of
        bear "$state"
        ;;
      *)
        is_stale ||
          die 1 "$AMI_ID: expected enabling or enabled, the state is $state; was it switched off meanwhile?"
        bear "$state"
        ;;
    esac
  done
}

check_before
begin
wait_until_enabled
