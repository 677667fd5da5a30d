# Switches EC2 Fast Launch on for one AMI and waits until it is. Run by Terraform when the AMI or a
# setting changes, and again after a failure: doing it twice does no harm.
#
# Beside the preamble's values:
#   AMI_ID                    an AMI of your own
#   LAUNCH_TEMPLATE_VERSION   a number
#   TARGET_RESOURCE_COUNT     snapshots to keep ready
#   MAX_PARALLEL_LAUNCHES     instances that may be started at once to make them

refuse_foreign_ami() {
  line=$(aws ec2 describe-images --image-ids "$AMI_ID" --output text \
    --query 'Images[0].[ImageOwnerAlias,Platform,State]')
  [ "$(field "$line" 1)" != amazon ] ||
    die 1 "$AMI_ID belongs to Amazon, and Fast Launch works for AMIs of your own only; build one from it (nodes.ami: built), or remove fastLaunch"
  [ "$(field "$line" 2)" = windows ] ||
    die 1 "$AMI_ID is not a Windows AMI, and Fast Launch works for Windows only"
  [ "$(field "$line" 3)" = available ] ||
    die 1 "$AMI_ID is not available yet, its state is $(field "$line" 3); apply again when it is"
}

# Whether a line of describe_fast_launch() has the settings asked for.
as_wanted() {
  [ "$(field "$1" 2)" = "$LAUNCH_TEMPLATE_ID" ] &&
    [ "$(field "$1" 3)" = "$LAUNCH_TEMPLATE_VERSION" ] &&
    [ "$(field "$1" 4)" = "$TARGET_RESOURCE_COUNT" ] &&
    [ "$(field "$1" 5)" = "$MAX_PARALLEL_LAUNCHES" ]
}

switch_on() {
  aws ec2 enable-fast-launch --image-id "$AMI_ID" --resource-type snapshot \
    --snapshot-configuration "TargetResourceCount=$TARGET_RESOURCE_COUNT" \
    --launch-template "LaunchTemplateId=$LAUNCH_TEMPLATE_ID,Version=$LAUNCH_TEMPLATE_VERSION" \
    --max-parallel-launches "$MAX_PARALLEL_LAUNCHES" >/dev/null
}

# Whether an error of the CLI's says that EC2 has understood and refused. What it could not decide
# (throttling, rights, quotas, no connection) would fail again after switching off.
is_refusal() {
  case $1 in
    *LimitExceeded* | *Throttl* | *Unauthorized* | *AuthFailure* | *AccessDenied* | *NotFound* | \
      *Internal* | *Unavailable* | *ExpiredToken*) return 1 ;;
    *'An error occurred ('*) return 0 ;;
    *) return 1 ;;
  esac
}

# AWS does not document whether new settings are taken for an AMI that has Fast Launch on. If they
# are refused, it is switched off first; after any other failure it stays on as it is.
apply_settings() {
  say "$AMI_ID: new settings, the state is $1"
  if ! error=$(switch_on 2>&1); then
    printf '%s\n' "$error" >&2
    is_refusal "$error" || die 1 "$AMI_ID: the settings could not be changed, Fast Launch stays as it is"
    say "$AMI_ID: new settings are not taken in this state, switching off first"
    aws ec2 disable-fast-launch --image-id "$AMI_ID" --force >/dev/null
    wait_until_off "$AMI_ID"
    switch_on
  fi
}

# Brings the AMI on its way to "enabled", from whatever state it is in.
begin() {
  line=$(describe_fast_launch "$AMI_ID")
  state=$(field "$line" 1)
  case $state in
    None | '')
      switch_on
      ;;
    enabling | enabled)
      if as_wanted "$line"; then say "$AMI_ID: already as wanted ($state)"; else apply_settings "$state"; fi
      ;;
    disabling)
      wait_until_off "$AMI_ID"
      switch_on
      ;;
    *)
      apply_settings "$state"
      ;;
  esac
}

# EC2 may take a moment to show what it was just told.
MAX_LOOKS_WITHOUT_STATE=3

wait_until_enabled() {
  told=''
  unseen=0
  while :; do
    line=$(describe_fast_launch "$AMI_ID")
    state=$(field "$line" 1)
    if [ "$state" != "$told" ]; then
      say "$AMI_ID: $state after $(($(now) - start))s"
      told=$state
    fi
    case $state in
      enabled)
        as_wanted "$line" ||
          die 1 "$AMI_ID: enabled, but not with the settings asked for; is the AMI shared with another environment?"
        return 0
        ;;
      enabling) pause "$AMI_ID" "$state" ;;
      None | '')
        unseen=$((unseen + 1))
        [ "$unseen" -le "$MAX_LOOKS_WITHOUT_STATE" ] ||
          die 1 "$AMI_ID: Fast Launch is off again; was it switched off meanwhile?"
        pause "$AMI_ID" "$state"
        ;;
      enabling-failed | enabled-failed) die 1 "$AMI_ID: $state: $(field "$line" 6)" ;;
      *) die 1 "$AMI_ID: expected enabling or enabled, the state is $state; was it switched off meanwhile?" ;;
    esac
  done
}

require_aws_cli
refuse_foreign_ami
begin
wait_until_enabled
