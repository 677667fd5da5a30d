# What can be known to be wrong before anything is changed. All of it is told at once.

problems=0

refuse() {
  complain "$@"
  problems=$((problems + 1))
}

# An AMI that is being made becomes available by itself.
check_ami() {
  while :; do
    if ! call ec2 describe-images --image-ids "$AMI_ID" --output text \
      --query 'Images[0].[ImageOwnerAlias,Platform,State]'; then
      printf '%s\n' "$error" >&2
      case $error in
        *InvalidAMIID*) refuse "$AMI_ID is not an AMI of this account in the Region $AWS_REGION; AMI ids differ from Region to Region" ;;
        *) refuse "$AMI_ID could not be looked up" ;;
      esac
      return 0
    fi
    ami=$answer
    [ "$(field "$ami" 3)" = pending ] || break
    [ "${ami_told:-}" = pending ] || say "$AMI_ID: the AMI is pending, waiting until it is available"
    ami_told=pending
    pause "$AMI_ID" pending
  done
  if [ "$(field "$ami" 1)" = amazon ]; then
    refuse "$AMI_ID belongs to Amazon, and Fast Launch works for AMIs of your own only; build one from it, or leave Fast Launch out"
  elif [ "$ami" = None ]; then
    refuse "$AMI_ID is not an AMI of this account in the Region $AWS_REGION, or it is disabled; AMI ids differ from Region to Region"
  elif [ "$(field "$ami" 2)" != windows ]; then
    refuse "$AMI_ID is not a Windows AMI, and Fast Launch works for Windows only"
  elif [ "$(field "$ami" 3)" != available ]; then
    refuse "$AMI_ID is not available, its state is $(field "$ami" 3)"
  fi
}

refuse_content() {
  refuse "launch template $LAUNCH_TEMPLATE_ID version $LAUNCH_TEMPLATE_VERSION has $1, which EC2 Fast Launch refuses"
}

check_launch_template() {
  if ! call ec2 describe-launch-template-versions --launch-template-id "$LAUNCH_TEMPLATE_ID" \
    --versions "$LAUNCH_TEMPLATE_VERSION" --output text --query \
    "LaunchTemplateVersions[0].LaunchTemplateData.[UserData && 'yes',DisableApiTermination,InstanceInitiatedShutdownBehavior,InstanceMarketOptions.MarketType,MetadataOptions.HttpEndpoint,TagSpecifications[?ResourceType=='network-interface']|[0].ResourceType]"; then
    printf '%s\n' "$error" >&2
    refuse "launch template $LAUNCH_TEMPLATE_ID version $LAUNCH_TEMPLATE_VERSION could not be looked up in the Region $AWS_REGION"
    return 0
  fi
  template=$answer
  if [ "$(field "$template" 1)" = yes ]; then refuse_content 'user data'; fi
  if [ "$(field "$template" 2)" = True ]; then refuse_content 'termination protection'; fi
  if [ "$(field "$template" 3)" = terminate ]; then refuse_content 'a shutdown that terminates'; fi
  if [ "$(field "$template" 4)" = spot ]; then refuse_content 'Spot instances'; fi
  if [ "$(field "$template" 5)" = disabled ]; then refuse_content 'disabled instance metadata'; fi
  if [ "$(field "$template" 6)" = network-interface ]; then refuse_content 'tags on network interfaces'; fi
}

# Fast Launch by another launch template is somebody else's.
check_owner() {
  if ! describe_fast_launch "$AMI_ID"; then
    printf '%s\n' "$error" >&2
    case $error in
      *[Ii]'nvalid choice'*) die 3 "the AWS CLI knows no Fast Launch: $(aws --version 2>&1); version 1.22.32, 2.4.10 or later is needed" ;;
    esac
    refuse "$AMI_ID: the state of Fast Launch could not be read"
    return 0
  fi
  case $(field "$line" 1) in None | '' | disabling) return 0 ;; esac
  [ "$(field "$line" 2)" != "$LAUNCH_TEMPLATE_ID" ] || return 0
  if [ "${TAKE_OVER:-}" = true ]; then
    say "$AMI_ID: taking over Fast Launch from launch template $(field "$line" 2)"
    return 0
  fi
  refuse "$AMI_ID: Fast Launch is on by launch template $(field "$line" 2), not by $LAUNCH_TEMPLATE_ID: another environment uses this AMI, or somebody switched it on by hand; give each environment an AMI of its own, switch it off there, or set takeOver: true"
}

check_before() {
  use_credentials
  check_owner
  check_ami
  check_launch_template
  [ "$problems" -eq 0 ] || die 1 'nothing was changed'
}
